import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { sandboxFolders, type ExecResult, type SandboxLimit } from '../../../../platform/sandbox';
import { sandboxLost } from '../agent-stop';
import { defineTool, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({
  command: z.string().min(1).max(100_000).describe('What bash is to run.'),
  timeoutMs: z
    .number()
    .int()
    .min(1)
    .max(3_600_000)
    .optional()
    .describe('Milliseconds after which it is ended, when that is less than a command may take anyhow.'),
});

/** Where scripts find what the run was given, as in runs without a model. */
export const scriptVariables = {
  SKILL_INPUT: `${sandboxFolders.work}/input.json`,
  SKILL_INPUT_DIR: sandboxFolders.input,
  SKILL_OUTPUT_DIR: sandboxFolders.output,
  PYTHONUNBUFFERED: '1',
  PYTHONIOENCODING: 'utf-8',
} as const;

const limitWords: Record<SandboxLimit, string> = {
  time: 'It was ended because it took longer than a command may.',
  memory: 'It was ended because it used more memory than a run may.',
  processes: 'It was ended because it started more processes than a run may.',
  disk: 'It was ended because the run wrote more to the disk than it may: delete what is not needed.',
  output: 'It was ended because it printed more than a command may: send the output to a file.',
};

export const bashTool = defineTool({
  name: 'bash',
  description:
    `Runs a command with bash in the sandbox and answers what it printed. Each command begins in ${sandboxFolders.skill} with a ` +
    'fresh shell: folders and variables are not kept, and what still runs when it ends is ended too. Nothing answers prompts.',
  input: inputSchema,
  effect: 'acts',
  execute: runBash,
});

async function runBash(
  { command, timeoutMs }: z.infer<typeof inputSchema>,
  { sandbox, signal }: ToolContext,
): Promise<ToolResult> {
  const patience = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const printed = createCollector();
  let result: ExecResult;
  try {
    result = await sandbox.exec(['bash', '-c', command], {
      signal: patience ? AbortSignal.any([signal, patience]) : signal,
      env: scriptVariables,
      onOutput: (stream, chunk) => printed.take(stream, chunk),
    });
  } catch {
    signal.throwIfAborted();
    throw sandboxLost();
  }
  signal.throwIfAborted();
  const ending = endingOf(result, timeoutMs);
  const text = [printed.text(), ending].filter((part) => part !== '').join('\n');
  return { text: text === '' ? '(It printed nothing.)' : text, isError: ending !== '' };
}

/** How a command ended that did not end well; empty for one that did. */
function endingOf(result: ExecResult, timeoutMs: number | undefined): string {
  if (result.exceeded) return limitWords[result.exceeded];
  if (result.aborted) return `It was ended after the ${timeoutMs} ms that "timeoutMs" gave it.`;
  if (result.exitCode === null) return `It was ended by ${result.signal ?? 'a signal'}.`;
  return result.exitCode === 0 ? '' : `Exit code ${result.exitCode}.`;
}

/** What both streams print, in the order in which it comes. The sandbox bounds how much that is. */
function createCollector() {
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  const parts: string[] = [];
  return {
    take: (stream: 'stdout' | 'stderr', chunk: Buffer) => void parts.push(decoders[stream].write(chunk)),
    text: () => [...parts, decoders.stdout.end(), decoders.stderr.end()].join('').replace(/\n$/, ''),
  };
}
