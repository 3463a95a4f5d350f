import {
  actorSchema,
  type RunExecution,
  type RunOrigin,
  type RunStatus,
} from 'strapi-plugin-skills-shared/contracts';
import { numberOrNull } from '../../../platform/database';
import type { RunRecord } from '../run-record';

/** A row of `skills_runs` as the drivers give it: node-pg answers bigints as strings. */
export interface RunRow {
  id: string;
  skill_id: string;
  version_id: string;
  version_number: number;
  kind: string;
  status: RunStatus;
  origin: RunOrigin;
  started_by_type: string;
  started_by_id: string | null;
  started_by_name: string;
  input: string;
  prompt: string | null;
  output: string | null;
  error_code: string | null;
  error_message: string | null;
  isolation: string | null;
  execution: RunExecution;
  connection_id: string | null;
  connection_name: string | null;
  model: string | null;
  cost: number | string | null;
  created_at: number | string;
  started_at: number | string | null;
  finished_at: number | string | null;
  duration_ms: number | string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  tool_calls: number;
  last_seq: number;
  request_digest: string | null;
}

/** What lists read: all but the payloads, which may be a megabyte each. */
export const summaryColumns = [
  'id',
  'skill_id',
  'version_id',
  'version_number',
  'kind',
  'status',
  'origin',
  'started_by_type',
  'started_by_id',
  'started_by_name',
  'prompt',
  'error_code',
  'error_message',
  'isolation',
  'execution',
  'connection_id',
  'connection_name',
  'model',
  'cost',
  'created_at',
  'started_at',
  'finished_at',
  'duration_ms',
  'input_tokens',
  'output_tokens',
  'tool_calls',
  'last_seq',
] as const;

/** Free text travels as JSON, whose escapes carry the NULs and lone surrogates that PostgreSQL refuses in text. */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

function fromJson(text: string | null | undefined): unknown {
  return typeof text === 'string' ? JSON.parse(text) : null;
}

function textFromJson(text: string | null): string | null {
  const value = fromJson(text);
  return typeof value === 'string' ? value : null;
}

/** Rows of lists lack `input` and `output`; their records have `null` there. */
export function toRecord(
  row: Omit<RunRow, 'input' | 'output' | 'request_digest'> & Partial<RunRow>,
): RunRecord {
  return {
    id: row.id,
    skillId: row.skill_id,
    versionId: row.version_id,
    versionNumber: row.version_number,
    kind: row.kind,
    status: row.status,
    origin: row.origin,
    startedBy: actorSchema.parse({
      type: row.started_by_type,
      id: row.started_by_id,
      name: textFromJson(row.started_by_name),
    }),
    input: fromJson(row.input),
    prompt: textFromJson(row.prompt),
    output: fromJson(row.output),
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, message: textFromJson(row.error_message) ?? '' },
    isolation: row.isolation,
    execution: row.execution,
    connection:
      row.connection_id === null
        ? null
        : { id: row.connection_id, name: textFromJson(row.connection_name) ?? '' },
    model: row.model,
    cost: numberOrNull(row.cost),
    createdAt: Number(row.created_at),
    startedAt: numberOrNull(row.started_at),
    finishedAt: numberOrNull(row.finished_at),
    durationMs: numberOrNull(row.duration_ms),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    toolCalls: row.tool_calls,
    lastSeq: row.last_seq,
    requestDigest: row.request_digest ?? null,
  };
}
