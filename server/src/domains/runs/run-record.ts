import {
  finalRunStatuses,
  type Actor,
  type ChangeDecision,
  type ComposedSkill,
  type RunExecution,
  type RunFile,
  type RunOrigin,
  type RunBudget,
  type RunStatus,
  type WaitReason,
} from 'strapi-plugin-skills-shared/contracts';
import type { SkillViewer } from '../skills';

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
  estimatedTokens: number;
  toolCalls: number;
  /** Requests to the model. */
  steps: number;
  lastSeq: number;
  threadId: string | null;
  parent: { runId: string; callId: string } | null;
  depth: number;
  /** With whose eyes the run's agent sees skills; null of runs that are no agent's. */
  viewer: SkillViewer | null;
  settings: AgentSettings | null;
  image: string | null;
  /** Set while the run waits. */
  waiting: { reason: WaitReason; until: number } | null;
  /** Digest of what was asked for: tells whether a reused idempotency key repeats the request. */
  requestDigest: string | null;
}

/** What an agent's run was told when it started. Null of runs that are no agent's. */
export interface AgentSettings {
  budget: RunBudget;
  /** Tools that wait for a person, as patterns. */
  approval: readonly string[];
}

/** What working on a run took, as far as it is known. */
export interface RunTotals {
  /** Null where no model told. */
  inputTokens: number | null;
  outputTokens: number | null;
  /** What models took besides and did not tell, by an estimate. */
  estimatedTokens: number;
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
  /** Further skills that its agent has at hand. */
  skills: ComposedSkill[];
  /** Null while, and where, the agent has left the skill's files as they were. */
  changes: { count: number; decision: ChangeDecision | null } | null;
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
