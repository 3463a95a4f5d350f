import { isUsable } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError, MissingError } from '../../../http/errors';
import type { SkillRecord, SkillsService, SkillViewer } from '../../skills';
import type { VersionRecord, VersionsService } from '../../versions';

/** A skill that an agent's run has at hand beside its own, in the version that was looked at. */
export interface FurtherSkill {
  skillId: string;
  /** As it is called now. */
  alias: string;
  version: VersionRecord;
}

export interface FurtherSkillsOptions {
  skills: Pick<SkillsService, 'find'>;
  versions: Pick<VersionsService, 'get'>;
}

interface Asked {
  /** Aliases or ids. */
  names: readonly string[];
  viewer: SkillViewer;
  /** The run's own skill, which it has anyway. */
  ownId: string;
}

/**
 * The further skills that a request names, once each: agents get the published version, all others the current one, as with the run's own
 * skill. Rejects with 404 `skill-not-found`, 409 `skill-archived` or 400 `version-invalid` at `skills.N`.
 */
export async function resolveFurtherSkills(
  { skills, versions }: FurtherSkillsOptions,
  { names, viewer, ownId }: Asked,
): Promise<FurtherSkill[]> {
  const found = new Map<string, FurtherSkill>();
  for (const [index, name] of names.entries()) {
    const path = ['skills', index];
    const skill = await skills.find(name, viewer);
    if (!skill) throw new MissingError('There is no such skill.', { code: 'skill-not-found', path });
    if (skill.id === ownId || found.has(skill.id)) continue;
    const version = await versions.get(versionIdFor(skill, viewer));
    assertRunnable(skill, version, path);
    found.set(skill.id, { skillId: skill.id, alias: skill.alias, version });
  }
  return [...found.values()];
}

/** What an agent sees is published. */
function versionIdFor({ published, current }: SkillRecord, { door }: SkillViewer): string {
  return door === 'agents' ? (published?.id ?? current.id) : current.id;
}

function assertRunnable(
  { alias, archived }: SkillRecord,
  { number, findings }: VersionRecord,
  path: readonly (string | number)[],
): void {
  if (archived) {
    throw new ConflictError(`The skill ${alias} is archived, so it cannot be run.`, {
      code: 'skill-archived',
      path,
    });
  }
  if (isUsable(findings)) return;
  throw new InvalidError(`Version ${number} of ${alias} has errors, so it cannot be run.`, {
    code: 'version-invalid',
    path,
  });
}
