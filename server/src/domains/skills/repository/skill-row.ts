import type { Actor, ActorType, RunStatus, SkillVisibility } from 'strapi-plugin-skills-shared/contracts';
import type { Row } from '../../../platform/database';
import type { SkillRecord } from '../skill-record';
import { isServed } from '../skill-viewer';

/** A row as drivers answer it: booleans may be 0 and 1, big integers may be text, dates may be milliseconds. */
export interface SkillRow {
  document_id: string;
  alias: string;
  name: string;
  description: string;
  kind: string;
  active: boolean | number;
  archived: boolean | number;
  visibility: SkillVisibility;
  owner_type: ActorType | null;
  owner_id: string | null;
  owner_name: string | null;
  category: string | null;
  tags: string;
  tool_scopes: string;
  connection_id: string | null;
  provider_id: string;
  skill_type_id: string;
  skill_type_name: string;
  agent_connection_id: string | null;
  agent_model: string | null;
  stage: SkillRecord['status'];
  usable: boolean | number;
  current_version_id: string;
  current_version_number: number;
  current_version_label: string | null;
  current_digest: string;
  published_version_id: string | null;
  published_version_number: number;
  published_version_label: string | null;
  published_digest: string;
  published_name: string;
  published_description: string;
  published_tags: string;
  published_on: string | number;
  published_connection_id: string | null;
  last_run_id: string | null;
  last_run_status: RunStatus;
  last_run_at: string | number;
  revision: number;
  created_at: Date | string | number;
  updated_at: Date | string | number;
}

export const skillColumns = [
  'document_id',
  'alias',
  'name',
  'description',
  'kind',
  'active',
  'archived',
  'visibility',
  'owner_type',
  'owner_id',
  'owner_name',
  'category',
  'tags',
  'tool_scopes',
  'connection_id',
  'provider_id',
  'skill_type_id',
  'skill_type_name',
  'agent_connection_id',
  'agent_model',
  'stage',
  'usable',
  'current_version_id',
  'current_version_number',
  'current_version_label',
  'current_digest',
  'published_version_id',
  'published_version_number',
  'published_version_label',
  'published_digest',
  'published_name',
  'published_description',
  'published_tags',
  'published_on',
  'published_connection_id',
  'last_run_id',
  'last_run_status',
  'last_run_at',
  'revision',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof SkillRow)[];

export function toRecord(row: SkillRow): SkillRecord {
  return {
    id: row.document_id,
    alias: row.alias,
    name: row.name,
    description: row.description,
    kind: row.kind,
    active: Boolean(row.active),
    archived: Boolean(row.archived),
    visibility: row.visibility,
    owner: ownerOf(row),
    tags: JSON.parse(row.tags) as string[],
    category: row.category,
    toolScopes: JSON.parse(row.tool_scopes) as string[],
    binding: bindingOf(row),
    agent: { connectionId: row.agent_connection_id, model: row.agent_model },
    status: row.stage,
    usable: Boolean(row.usable),
    current: {
      id: row.current_version_id,
      number: row.current_version_number,
      label: row.current_version_label,
      digest: row.current_digest,
    },
    published: publishedOf(row),
    lastRun:
      row.last_run_id === null
        ? null
        : { id: row.last_run_id, status: row.last_run_status, at: Number(row.last_run_at) },
    revision: row.revision,
    createdAt: new Date(row.created_at).getTime(),
    updatedAt: new Date(row.updated_at).getTime(),
  };
}

/** All columns that editing a skill writes. The last run is not among them: runs write it, at any moment. */
export function toRow(skill: SkillRecord): Row {
  const { published } = skill;
  return {
    alias: skill.alias,
    alias_key: keyOf(skill.alias),
    name: skill.name,
    name_key: keyOf(skill.name),
    description: skill.description,
    search_text: searchTextOf(skill.alias, skill),
    kind: skill.kind,
    active: skill.active,
    archived: skill.archived,
    visibility: skill.visibility,
    owner_type: skill.owner?.type ?? null,
    owner_id: skill.owner?.id ?? null,
    owner_name: skill.owner?.name.slice(0, 255) ?? null,
    category: skill.category,
    tags: JSON.stringify(skill.tags),
    tool_scopes: JSON.stringify(skill.toolScopes),
    connection_id: skill.binding?.connectionId ?? null,
    provider_id: skill.binding?.providerId ?? null,
    skill_type_id: skill.binding?.skillTypeId ?? null,
    skill_type_name: skill.binding?.skillTypeName ?? null,
    agent_connection_id: skill.agent.connectionId,
    agent_model: skill.agent.model,
    stage: skill.status,
    usable: skill.usable,
    current_version_id: skill.current.id,
    current_version_number: skill.current.number,
    current_version_label: skill.current.label,
    current_digest: skill.current.digest,
    published_version_id: published?.id ?? null,
    published_version_number: published?.number ?? null,
    published_version_label: published?.label ?? null,
    published_digest: published?.digest ?? null,
    published_name: published?.name ?? null,
    published_name_key: published ? keyOf(published.name) : null,
    published_description: published?.description ?? null,
    published_search_text: published ? searchTextOf(skill.alias, published) : null,
    published_tags: published ? JSON.stringify(published.tags) : null,
    published_on: published?.at ?? null,
    published_connection_id: published?.connectionId ?? null,
    served: isServed(skill),
    revision: skill.revision,
  };
}

/** Text as it is compared: databases disagree on cases. */
export function keyOf(text: string): string {
  return text.toLowerCase().slice(0, 255);
}

function searchTextOf(alias: string, { name, description }: { name: string; description: string }): string {
  return `${name}\n${alias}\n${description}`.toLowerCase();
}

function ownerOf(row: SkillRow): Actor | null {
  if (row.owner_type === null) return null;
  return { type: row.owner_type, id: row.owner_id, name: row.owner_name ?? '' };
}

function bindingOf(row: SkillRow): SkillRecord['binding'] {
  if (row.connection_id === null) return null;
  return {
    connectionId: row.connection_id,
    providerId: row.provider_id,
    skillTypeId: row.skill_type_id,
    skillTypeName: row.skill_type_name,
  };
}

function publishedOf(row: SkillRow): SkillRecord['published'] {
  if (row.published_version_id === null) return null;
  return {
    id: row.published_version_id,
    number: row.published_version_number,
    label: row.published_version_label,
    digest: row.published_digest,
    name: row.published_name,
    description: row.published_description,
    tags: JSON.parse(row.published_tags) as string[],
    connectionId: row.published_connection_id,
    at: Number(row.published_on),
  };
}
