import type { PublishedSkill, Skill } from 'strapi-plugin-skills-shared/contracts';
import type { ServedSkill, SkillRecord } from './skill-record';

/** A skill as the admin API answers it. */
export function skillJson(skill: SkillRecord): Skill {
  const { id, number, label } = skill.current;
  const { published, lastRun } = skill;
  return {
    id: skill.id,
    alias: skill.alias,
    name: skill.name,
    description: skill.description,
    kind: skill.kind,
    active: skill.active,
    archived: skill.archived,
    visibility: skill.visibility,
    owner: skill.owner,
    tags: skill.tags,
    category: skill.category,
    toolScopes: [],
    binding: null,
    status: skill.status,
    usable: skill.usable,
    currentVersion: { id, number, label },
    publishedVersion: published && { id: published.id, number: published.number, label: published.label },
    lastRun: lastRun && { id: lastRun.id, status: lastRun.status, at: isoTime(lastRun.at) },
    revision: skill.revision,
    createdAt: isoTime(skill.createdAt),
    updatedAt: isoTime(skill.updatedAt),
  };
}

/** A skill as agents' lists show it: what was published, and nothing of what is being edited. */
export function publishedSkillJson(skill: SkillRecord & { published: ServedSkill }): PublishedSkill {
  const { published } = skill;
  return {
    alias: skill.alias,
    name: published.name,
    description: published.description,
    kind: skill.kind,
    tags: published.tags,
    category: skill.category,
    toolScopes: [],
    version: { number: published.number, label: published.label, digest: published.digest },
    updatedAt: isoTime(published.at),
  };
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
