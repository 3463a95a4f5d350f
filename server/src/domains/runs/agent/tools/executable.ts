import type { ToolContext } from './tool';

/** Writes a file as executable as it was: writing through the sandbox's port makes a plain one. */
export async function writeKeepingMode(
  path: string,
  content: Buffer,
  { sandbox, signal }: Pick<ToolContext, 'sandbox' | 'signal'>,
): Promise<void> {
  const test = ['bash', '-c', '[ -f "$1" ] && [ ! -L "$1" ] && [ -x "$1" ]', 'bash', path];
  const wasExecutable = (await sandbox.exec(test, { signal })).exitCode === 0;
  await sandbox.writeFile(path, content);
  if (wasExecutable) await sandbox.exec(['chmod', '+x', '--', path], { signal });
}
