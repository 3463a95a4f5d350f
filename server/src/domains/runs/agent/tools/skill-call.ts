import { z } from 'zod';
import { failureOf } from '../../execution/failure';
import type { ChildRest } from '../agent-host';
import {
  defineTool,
  mistake,
  ok,
  type BegunCall,
  type ToolContext,
  type ToolResult,
  type WaitingChild,
} from './tool';

const inputSchema = z.object({
  skill: z.string().min(1).max(100).describe('The alias of a further skill.'),
  prompt: z
    .string()
    .min(1)
    .max(100_000)
    .optional()
    .describe('What it is to do, in words, with all that it has to know.'),
  input: z.unknown().optional().describe('Its input as JSON, where the skill takes one.'),
});

export const skillCallTool = defineTool({
  name: 'skill_call',
  description:
    'Has a further skill carry out a task in a run of its own, and answers with what came of it. It knows nothing of this conversation ' +
    'and has no files of this sandbox. Calls in one step are carried out at the same time.',
  input: inputSchema,
  effect: 'acts',
  execute: callSkill,
});

async function callSkill(
  { skill: alias, prompt, input }: z.infer<typeof inputSchema>,
  { host, signal, within }: ToolContext,
  { id: callId, peers }: BegunCall,
): Promise<ToolResult | WaitingChild> {
  const skill = host.skills.find((each) => each.alias === alias);
  if (!skill) return mistake(unknownSkill(alias, host));
  let runId: string;
  let rest: ChildRest;
  try {
    const child = await host.startChild({ callId, alias, prompt, input, sharers: peers });
    runId = child.runId;
    await host.recordUse(alias);
    rest = await within(child.rest);
  } catch (error) {
    signal.throwIfAborted();
    const { error: known, unexpected } = failureOf(error);
    // A bug of ours is no word for a model.
    if (unexpected) throw error;
    return mistake(`The skill was not started (${known.code}): ${known.message}`);
  }
  return rest.status === 'waiting' ? { childRunId: runId } : childResult(runId, rest);
}

export function unknownSkill(alias: string, { skills }: ToolContext['host']): string {
  return `There is no further skill "${alias}". There are: ${skills.map((each) => each.alias).join(', ')}.`;
}

/** What the model is told of a run that it started. */
export function childResult(runId: string, rest: Exclude<ChildRest, { status: 'waiting' }>): ToolResult {
  const output =
    rest.output === undefined || rest.output === null ? [] : [`Output: ${JSON.stringify(rest.output)}`];
  if (rest.status === 'completed') {
    const files = rest.artifacts.length === 0 ? [] : [`Artifacts of that run: ${rest.artifacts.join(', ')}`];
    return ok([`Run ${runId} completed.`, ...output, ...files].join('\n'));
  }
  const why = rest.error ? ` (${rest.error.code}): ${rest.error.message}` : '.';
  return mistake(
    [`Run ${runId} ${rest.status === 'failed' ? 'failed' : 'was cancelled'}${why}`, ...output].join('\n'),
  );
}
