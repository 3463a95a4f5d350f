import {
  actorSchema,
  type RunExecution,
  type RunOrigin,
  type RunStatus,
  type WaitReason,
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
  estimated_tokens: number;
  tool_calls: number;
  steps: number;
  last_seq: number;
  thread_id: string | null;
  parent_run_id: string | null;
  parent_call_id: string | null;
  depth: number;
  viewer: string | null;
  settings: string | null;
  image: string | null;
  waiting_for: WaitReason | null;
  waiting_until: number | string | null;
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
  'estimated_tokens',
  'tool_calls',
  'steps',
  'last_seq',
  'thread_id',
  'parent_run_id',
  'parent_call_id',
  'depth',
  'settings',
  'image',
  'waiting_for',
  'waiting_until',
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

const textOf = (text: string | null): string => textFromJson(text) ?? '';

/** Rows of lists lack `input`, `output` and `viewer`; their records have `null` there. */
export function toRecord(
  row: Omit<RunRow, 'input' | 'output' | 'viewer' | 'request_digest'> & Partial<RunRow>,
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
    error: row.error_code === null ? null : { code: row.error_code, message: textOf(row.error_message) },
    isolation: row.isolation,
    execution: row.execution,
    connection:
      row.connection_id === null ? null : { id: row.connection_id, name: textOf(row.connection_name) },
    model: row.model,
    cost: numberOrNull(row.cost),
    createdAt: Number(row.created_at),
    startedAt: numberOrNull(row.started_at),
    finishedAt: numberOrNull(row.finished_at),
    durationMs: numberOrNull(row.duration_ms),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    estimatedTokens: row.estimated_tokens,
    toolCalls: row.tool_calls,
    steps: row.steps,
    lastSeq: row.last_seq,
    threadId: row.thread_id,
    parent:
      row.parent_run_id === null ? null : { runId: row.parent_run_id, callId: row.parent_call_id ?? '' },
    depth: row.depth,
    viewer: fromJson(row.viewer) as RunRecord['viewer'],
    settings: fromJson(row.settings) as RunRecord['settings'],
    image: row.image,
    waiting: row.waiting_for === null ? null : { reason: row.waiting_for, until: Number(row.waiting_until) },
    requestDigest: row.request_digest ?? null,
  };
}
