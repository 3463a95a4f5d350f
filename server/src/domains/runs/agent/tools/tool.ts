import type { z } from 'zod';
import type { Sandbox } from '../../../../platform/sandbox';
import type { AgentHost, Trajectory } from '../agent-host';

/** What a tool answers. `refused`: it could not be begun, because the call is not what the tool takes. */
export interface ToolResult {
  text: string;
  isError: boolean;
  refused?: boolean;
}

/** The call became a run that waits for somebody. */
export interface WaitingChild {
  childRunId: string;
}

/** Files and skills that the trajectory tells of as read: each once. */
export interface Readings {
  has(alias: string, path: string): boolean;
  /** `path` is relative to the skill's folder. True when it had not been noted. */
  note(alias: string, path: string): boolean;
}

/** What a tool works with. */
export interface ToolContext {
  readonly sandbox: Sandbox;
  readonly host: AgentHost;
  /** Aborted when the agent has to stop. */
  readonly signal: AbortSignal;
  readonly trajectory: Trajectory;
  readonly readings: Readings;
  /** Waits for `work` no longer than the agent may work. */
  within<Value>(work: Promise<Value>): Promise<Value>;
}

export interface BegunCall {
  id: string;
  /** Calls of the step to the same tool that were not begun before this one, itself included. */
  peers: number;
}

export interface AgentTool<Input = unknown> {
  readonly name: string;
  /** For the model. */
  readonly description: string;
  /** The single source of what the tool takes. */
  readonly input: z.ZodType<Input>;
  /**
   * `reads`: it changes nothing, so it may begin before its call is stored. `acts`: it begins when its call is stored. `writes`: it changes files
   * by itself, and is executed alone besides, in the order in which the calls were made.
   */
  readonly effect: 'reads' | 'acts' | 'writes';
  /**
   * Answers mistakes of the model as a result with `isError`. Throws an `AgentStop` to end the run, and the signal's reason when it was
   * aborted.
   */
  execute(input: Input, context: ToolContext, call: BegunCall): Promise<ToolResult | WaitingChild>;
}

/** Keeps the type of the input between schema and code. */
export function defineTool<Input>(tool: AgentTool<Input>): AgentTool {
  return tool as unknown as AgentTool;
}

export const ok = (text: string): ToolResult => ({ text, isError: false });
export const mistake = (text: string): ToolResult => ({ text, isError: true });
export const refused = (text: string): ToolResult => ({ text, isError: true, refused: true });
