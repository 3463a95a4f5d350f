import type { ProviderBinding, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { VersionRecord } from '../versions';
import type { SkillBinding, SkillRecord } from './skill-record';

/** Characters that a skill's name may have in its row. */
const MAX_NAME = 255;

/**
 * The skill with this version checked out. Name and tags follow the frontmatter whenever it changes them: an edit on the skill
 * itself stays until then. The description is the frontmatter's alone.
 */
export function withCurrent(
  skill: SkillRecord,
  version: VersionRecord,
  before: SkillMetadata | null,
): SkillRecord {
  const { name, description, tags } = version.metadata;
  const renamed = name !== undefined && name !== before?.name;
  const retagged = JSON.stringify(tags) !== JSON.stringify(before?.tags);
  return settled({
    ...skill,
    name: renamed ? name.slice(0, MAX_NAME) : skill.name,
    description: description ?? skill.description,
    tags: retagged ? (tags ?? []) : skill.tags,
    binding: bindingOf(version.metadata.provider),
    usable: version.errorCount === 0,
    current: { id: version.id, number: version.number, label: version.label, digest: version.digest },
    updatedAt: version.updatedAt,
  });
}

/** The skill with this version served to agents: of another than the current one, with what its own frontmatter says. */
export function withPublished(skill: SkillRecord, version: VersionRecord, at: number): SkillRecord {
  return settled({
    ...skill,
    published: {
      id: version.id,
      number: version.number,
      label: version.label,
      digest: version.digest,
      name: (version.metadata.name ?? skill.name).slice(0, MAX_NAME),
      description: version.metadata.description ?? skill.description,
      tags: version.metadata.tags ?? [],
      connectionId: version.metadata.provider?.connectionId ?? null,
      at,
    },
    updatedAt: at,
  });
}

function bindingOf(provider: ProviderBinding | undefined): SkillBinding | null {
  if (!provider) return null;
  const { connectionId, providerId, skillTypeId, skillTypeName } = provider;
  return { connectionId, providerId, skillTypeId, skillTypeName: skillTypeName.slice(0, MAX_NAME) };
}

/** What follows from the rest: while agents are served the current content, they see the skill as the backoffice does. */
export function settled(skill: SkillRecord): SkillRecord {
  if (skill.published === null) return { ...skill, status: 'draft' };
  if (skill.published.digest !== skill.current.digest) return { ...skill, status: 'modified' };
  const { name, description, tags } = skill;
  return { ...skill, status: 'published', published: { ...skill.published, name, description, tags } };
}
