import type { Sandbox } from '../../../../platform/sandbox';
import { sandboxLost } from '../agent-stop';
import { mistake, type ToolContext, type ToolResult } from './tool';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder.',
  ENOTDIR: 'A part of the path is a file, not a folder.',
  EISDIR: 'It is a folder.',
  ELOOP: 'The path leads through a link, which this tool does not follow.',
  EACCES: 'It may not be touched.',
  EPERM: 'It may not be touched.',
  ENAMETOOLONG: 'The path is too long.',
  ENOSPC: 'There is no room left on the disk.',
  ENXIO: 'It is not a regular file.',
};

function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage ? String(error.message) : '';
}

/** In an error's code, or where a worker hands on the message alone, at its beginning. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^(E[A-Z]+)\b/.exec(messageOf(error))?.[1] ?? '';
}

/** Own sentences of the sandbox's, without what their messages hold of the host. */
function sentenceOf(error: unknown): string | undefined {
  const known = reasons[codeOf(error)];
  if (known !== undefined) return known;
  const message = messageOf(error);
  if (/is not a regular file/.test(message)) return 'It is not a regular file.';
  if (/leads through a link/.test(message)) return reasons.ELOOP;
  if (error instanceof RangeError) return 'That is more, or elsewhere, than this tool takes; use bash.';
  return undefined;
}

async function isAlive(sandbox: Sandbox): Promise<boolean> {
  return sandbox.exec(['true']).then(
    () => true,
    () => false,
  );
}

/**
 * What the model is told of a file that could not be had. Throws the signal's reason when the agent has to stop, and `sandbox-lost` when
 * there is nothing left to have files in.
 */
export async function explainFileError(
  error: unknown,
  path: string,
  { sandbox, signal }: Pick<ToolContext, 'sandbox' | 'signal'>,
): Promise<ToolResult> {
  signal.throwIfAborted();
  const known = sentenceOf(error);
  if (known !== undefined) return mistake(`"${path}": ${known}`);
  if (!(await isAlive(sandbox))) {
    signal.throwIfAborted();
    throw sandboxLost();
  }
  return mistake(`"${path}" could not be had.`);
}
