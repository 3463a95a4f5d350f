import type { PlacementState } from 'strapi-plugin-skills-shared/contracts';
import type { PlacementRecord } from './placement-record';

export interface PlacementRow {
  id: string;
  skill_id: string;
  version_id: string;
  version_number: number;
  digest: string;
  connection_id: string;
  state: PlacementState;
  hosted_id: string | null;
  hosted_version: string | null;
  error_code: string | null;
  error_message: string | null;
  lease_token: string | null;
  created_by: string;
  created_at: number | string;
  updated_at: number | string;
}

export function read(row: PlacementRow): PlacementRecord {
  return {
    id: row.id,
    skillId: row.skill_id,
    versionId: row.version_id,
    versionNumber: Number(row.version_number),
    digest: row.digest,
    connectionId: row.connection_id,
    state: row.state,
    hostedId: row.hosted_id,
    hostedVersion: row.hosted_version,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    createdBy: JSON.parse(row.created_by) as PlacementRecord['createdBy'],
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
  };
}

const columns = {
  id: 'id',
  skillId: 'skill_id',
  versionId: 'version_id',
  versionNumber: 'version_number',
  digest: 'digest',
  connectionId: 'connection_id',
  state: 'state',
  hostedId: 'hosted_id',
  hostedVersion: 'hosted_version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const;

/** Columns of what is given; what is left out stays. */
export function write({
  error,
  createdBy,
  ...plain
}: Partial<PlacementRecord>): Record<string, string | number | null> {
  const row: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(plain))
    if (value !== undefined) row[columns[name as keyof typeof columns]] = value;
  if (error !== undefined) {
    row.error_code = error?.code ?? null;
    row.error_message = error?.message ?? null;
  }
  if (createdBy !== undefined) row.created_by = JSON.stringify(createdBy);
  return row;
}
