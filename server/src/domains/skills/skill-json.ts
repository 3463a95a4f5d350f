import type { ConnectionSummary, PublishedSkill, Skill } from 'strapi-plugin-skills-shared/contracts';
import type { ConnectionsService } from '../connections';
import type { ServedSkill, SkillRecord } from './skill-record';

type Connections = Pick<ConnectionsService, 'summaries'>;

/** Skills as the admin API answers them; what connections they are bound to is asked once for all. */
export async function presentSkills(
  connections: Connections,
  skills: readonly SkillRecord[],
): Promise<Skill[]> {
  const ids = new Set(skills.flatMap(({ binding, agent }) => [binding?.connectionId, agent.connectionId]));
  const named = [...ids].filter((id) => typeof id === 'string');
  const known =
    named.length === 0 ? new Map<string, ConnectionSummary>() : await connections.summaries(named);
  return skills.map((skill) => skillJson(skill, known));
}

export async function presentSkill(connections: Connections, skill: SkillRecord): Promise<Skill> {
  const [presented] = await presentSkills(connections, [skill]);
  return presented!;
}

function skillJson(skill: SkillRecord, connections: ReadonlyMap<string, ConnectionSummary>): Skill {
  const { id, number, label } = skill.current;
  const { published, lastRun, binding, agent } = skill;
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
    toolScopes: skill.toolScopes,
    binding: binding && {
      skillTypeId: binding.skillTypeId,
      skillTypeName: binding.skillTypeName,
      providerId: binding.providerId,
      connection: connections.get(binding.connectionId) ?? null,
    },
    agent: {
      connection: agent.connectionId === null ? null : (connections.get(agent.connectionId) ?? null),
      model: agent.model,
    },
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
    toolScopes: skill.toolScopes,
    version: { number: published.number, label: published.label, digest: published.digest },
    updatedAt: isoTime(published.at),
  };
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
