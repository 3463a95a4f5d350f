import type { Run, Skill } from 'strapi-plugin-skills-shared/contracts';
import { hasEnded } from '../run-state';

interface Asked {
  run: Pick<Run, 'status' | 'skill'>;
  /** Undefined while it is read, and where it may not be. */
  skill: Pick<Skill, 'archived'> | undefined;
  mayUpdate: boolean;
}

/** Why nobody can decide here what becomes of a run's changes, as the key of its text; undefined when it can be decided. */
export function decisionObstacle({ run, skill, mayUpdate }: Asked) {
  if (run.skill === null) return 'changes.skill-gone';
  if (skill?.archived) return 'changes.skill-archived';
  return mayUpdate && hasEnded(run.status) ? undefined : 'changes.undecided';
}
