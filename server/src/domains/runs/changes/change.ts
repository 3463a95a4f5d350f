import type { RunChange } from 'strapi-plugin-skills-shared/contracts';

/** A file of the skill that an agent's run left otherwise than it found it. */
export type StoredChange = RunChange;

export type ChangeKind = RunChange['change'];

/** Files that cannot be kept, with the reason. */
export interface RefusedChange {
  path: string;
  reason: string;
}

/** How many of each there are. */
export function tallyOf(changes: readonly Pick<RunChange, 'change'>[]): Record<ChangeKind, number> {
  const tally = { added: 0, modified: 0, removed: 0 };
  for (const { change } of changes) tally[change] += 1;
  return tally;
}
