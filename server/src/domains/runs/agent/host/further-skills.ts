import type { ComposedSkill } from 'strapi-plugin-skills-shared/contracts';
import { openVersion } from '../../execution/version-content';
import { serverViewer, type SkillKind, type SkillRecord, type SkillsService } from '../../../skills';
import type { VersionRecord, VersionsService } from '../../../versions';
import type { AgentSkill } from '../agent-host';

export interface FurtherSkillsOptions {
  skills: Pick<SkillsService, 'find'>;
  versions: Pick<VersionsService, 'find' | 'files' | 'open'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'content' | 'instructions'>;
}

/**
 * The further skills of a run as its agent reads them: in the versions that were fixed when it started, whatever became of the skills
 * since. One that was purged is gone.
 */
export async function openFurtherSkills(
  options: FurtherSkillsOptions,
  composed: readonly ComposedSkill[],
): Promise<AgentSkill[]> {
  const opened: AgentSkill[] = [];
  for (const { id, alias, version: fixed } of composed) {
    const skill = await options.skills.find(id, serverViewer);
    const version = await options.versions.find(fixed.id);
    if (skill && version) opened.push(await openFurtherSkill(options, { skill, version, alias }));
  }
  return opened;
}

async function openFurtherSkill(
  { versions, kindOf }: FurtherSkillsOptions,
  { skill, version, alias }: { skill: SkillRecord; version: VersionRecord; alias: string },
): Promise<AgentSkill> {
  const kind = kindOf(skill.kind);
  const content = await openVersion(versions, version);
  const { metadata } = version;
  return {
    alias,
    name: metadata.name ?? skill.name,
    description: metadata.description ?? skill.description,
    kind: skill.kind,
    hasFiles: kind.content === 'files',
    version: content,
    instructions: () =>
      kind.instructions({
        paths: content.files.map(({ path }) => path),
        folder: alias,
        read: async (path) => Buffer.concat(await (await content.open(path)).toArray()),
      }),
  };
}
