import type { ToolCall } from 'strapi-plugin-skills-shared/provider';
import type { AgentCall } from './agent-state';
import { refused, type AgentTool, type ToolResult } from './tools/tool';

/** A call that a tool takes, with its input as the tool reads it. */
export interface ReadCall {
  call: AgentCall;
  tool: AgentTool;
  input: unknown;
}

const MAX_ISSUES = 5;

/**
 * Looks up a call's tool and reads its input. Answers what the model is told when either is wrong: that is its mistake, and no reason for
 * the run to fail.
 */
export function readCall(call: AgentCall, tools: ReadonlyMap<string, AgentTool>): ReadCall | ToolResult {
  const tool = tools.get(call.name);
  if (!tool) {
    return refused(
      `There is no tool "${call.name.slice(0, 100)}". There are: ${[...tools.keys()].join(', ')}.`,
    );
  }
  // Some models send nothing at all for a tool that needs nothing.
  const given = call.input === '' || call.input === null || call.input === undefined ? {} : call.input;
  if (typeof given === 'string') {
    return refused(`The input of ${tool.name} is no JSON: it must be one object, whole and closed.`);
  }
  const result = tool.input.safeParse(given);
  if (result.success) return { call, tool, input: result.data };
  const issues = result.error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.length === 0 ? 'It' : `"${path.join('.')}"`}: ${message}`);
  return refused(`The input of ${tool.name} does not fit. ${issues.join('; ')}.`);
}

/** What calls are answered that cannot be told apart, since results name the call that they belong to. */
export function idProblems(calls: readonly ToolCall[]): (ToolResult | undefined)[] {
  const times = new Map<string, number>();
  for (const { id } of calls) times.set(id, (times.get(id) ?? 0) + 1);
  return calls.map(({ id }) => {
    if (id === '') return refused('The call has no "id", so it was not executed.');
    if ((times.get(id) ?? 0) < 2) return undefined;
    return refused(`Several calls have the "id" "${id.slice(0, 100)}", so none of them was executed.`);
  });
}
