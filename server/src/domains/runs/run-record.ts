import {
  finalRunStatuses,
  type Actor,
  type RunExecution,
  type RunFile,
  type RunOrigin,
  type RunStatus,
} from 'strapi-plugin-skills-shared/contracts';

/** A run as this domain holds it. Times are milliseconds since 1970, by the database's clock. */
export interface RunRecord {
  id: string;
  skillId: string;
  versionId: string;
  versionNumber: number;
  kind: string;
  status: RunStatus;
  origin: RunOrigin;
  startedBy: Actor;
  input: unknown;
  prompt: string | null;
  output: unknown;
  error: RunError | null;
  isolation: string | null;
  execution: RunExecution;
  /** The connection that the run works over, as it was called when it started; null where no model works on it. */
  connection: { id: string; name: string } | null;
  model: string | null;
  /** US dollars; null is unknown, or that no model worked on it. */
  cost: number | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  toolCalls: number;
  lastSeq: number;
  /** Digest of what was asked for: tells whether a reused idempotency key repeats the request. */
  requestDigest: string | null;
}

/** What working on a run took, as far as it is known. */
export interface RunTotals {
  /** Null where no model told. */
  inputTokens: number | null;
  outputTokens: number | null;
  toolCalls: number;
  cost: number | null;
}

export interface RunError {
  code: string;
  message: string;
}

/** A run with its files. */
export interface RunWithFiles extends RunRecord {
  inputFiles: RunFile[];
  artifacts: RunFile[];
}

export type RunFileRole = 'input' | 'artifact';

/** Proof that this process owns a running run. Every write of a run's owner carries it. */
export interface Lease {
  runId: string;
  token: string;
}

/** Another owner, or the sweeper, has taken the run: its former owner must stop and write nothing more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor(runId: string) {
    super(`The lease of run ${runId} is held by another owner or has expired.`);
  }
}

/** The code of a run whose owner vanished or was stopped before it ended. */
export const INTERRUPTED = 'interrupted';

export function hasEnded(status: RunStatus): boolean {
  return finalRunStatuses.some((final) => final === status);
}
