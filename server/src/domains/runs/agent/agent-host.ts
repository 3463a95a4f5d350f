import type { Actor, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { RunContext, VersionContent } from '../../skills';
import type { AgentSettings, RunTotals } from '../run-record';

/** A skill that an agent has at hand beside the one that it runs. */
export interface AgentSkill {
  alias: string;
  name: string;
  description: string;
  kind: string;
  /** Whether it is a folder of files that the agent can read; any kind can be called. */
  hasFiles: boolean;
  version: VersionContent;
  /** The text that an agent follows. */
  instructions(): Promise<string>;
}

/** A word of a person's that enters the conversation. */
export interface TakenMessage {
  id: string;
  text: string;
  author: Actor;
}

export interface ToolRequest {
  callId: string;
  name: string;
  input: unknown;
}

export interface Decision {
  approved: boolean;
  note: string | null;
  by: Actor;
}

/** Where an agent tells of itself. */
export type Trajectory = Pick<AgentHost, 'tell' | 'settled'>;

/** How a run that another has started came to rest. */
export type ChildRest =
  | { status: 'completed'; output: unknown; artifacts: readonly string[] }
  | { status: 'failed' | 'cancelled'; error: { code: string; message: string } | null; output?: unknown }
  | { status: 'waiting' };

export interface ChildRun {
  runId: string;
  /** Resolves when the child has ended, or waits. Rejects only when this run is stopped. */
  rest: Promise<ChildRest>;
}

export interface AgentLimits {
  maxToolOutput: number;
  parallelCalls: number;
  /** Milliseconds that the run may wait for somebody. */
  waitMs: number;
}

/**
 * What the loop asks of the runs domain. The loop decides what an agent does; the host knows how that is stored. A fake of it is all
 * that the loop's tests need.
 */
export interface AgentHost extends Pick<
  RunContext,
  'runId' | 'signal' | 'emit' | 'artifact' | 'input' | 'inputFiles' | 'version' | 'chat' | 'sandbox'
> {
  /** The run's own skill. */
  readonly alias: string;
  readonly settings: AgentSettings;
  readonly limits: AgentLimits;
  readonly skills: readonly AgentSkill[];
  /** What `save` was given before the run waited; undefined at its first start. `sandbox` then holds the files of that moment. */
  readonly saved: unknown;
  /**
   * Appends to the trajectory as `emit` does, and lets nobody wait: it is stored within 25 ms, with what is told besides. That it cannot be
   * stored stops the run, and is what `settled` rejects with.
   */
  tell(event: Exclude<RunEventPayload, { type: 'text-delta' }>): void;
  /** Resolves when all that was told and emitted until now is stored. */
  settled(): Promise<void>;
  /** What models took for this run until now, before its waiting included, and what runs below it took or may take. */
  totals(): RunTotals | undefined;
  /**
   * A text without the values of the environment's secrets. What tools print goes through it before the model, the trajectory and the
   * stored conversation have it; it takes whole texts, since a secret may be cut by a border.
   */
  mask(text: string): string;
  /** Writes on the run how many requests it has made. */
  recordStep(step: number): Promise<void>;
  /** Writes on the run that it has read or called a further skill. */
  recordUse(alias: string): Promise<void>;
  /** Words that have come since the last time. They are taken, and in the trajectory as `message`, when this resolves. */
  takeMessages(): Promise<readonly TakenMessage[]>;
  /** Asks people to decide; in the trajectory as `approval-request` when it resolves. Asking again for a call does nothing. */
  requestApprovals(calls: readonly ToolRequest[]): Promise<void>;
  /** What was decided, by call. */
  decisions(): Promise<ReadonlyMap<string, Decision>>;
  /**
   * Starts a further skill as a run of its own, which acts for whom this run acts for. Rejects as starting a run does, and with 403
   * `depth-limit`, `children-limit`, `agents-limit`, `tokens-budget`, `cost-budget`, `cost-unknown`. The trajectory has `child-run` when it
   * resolves. `sharers`: among how many what is left of the budget is divided, this one included.
   */
  startChild(request: {
    callId: string;
    alias: string;
    prompt: string | undefined;
    input: unknown;
    sharers: number;
  }): Promise<ChildRun>;
  /** How a child stands that this run waited for: `waiting` also while it is at work. */
  childRest(runId: string): Promise<ChildRest>;
  /** Stores what the run goes on with after waiting: `state`, which is JSON, and the sandbox's files. */
  save(state: unknown): Promise<void>;
}
