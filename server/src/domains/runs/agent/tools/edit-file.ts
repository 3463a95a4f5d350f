import { z } from 'zod';
import { sandboxFolders } from '../../../../platform/sandbox';
import { writeKeepingMode } from './executable';
import { explainFileError } from './sandbox-errors';
import { outside, sandboxFilePath } from './sandbox-path';
import { readWhole } from './text-file';
import { defineTool, mistake, ok, refused, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(4_096)
    .describe(`Relative to ${sandboxFolders.skill}, or absolute below ${sandboxFolders.work}.`),
  oldText: z.string().min(1).describe('What to replace, exactly as it stands in the file.'),
  newText: z.string().describe('What is to stand there instead.'),
  all: z.boolean().optional().describe('Replace it wherever it stands; else it must stand there once.'),
});

/** Bytes of a file that is edited as a text. */
const MAX_BYTES = 5 * 1024 * 1024;

export const editFileTool = defineTool({
  name: 'edit_file',
  description:
    'Replaces a piece of a text file by another. The piece must be unique in the file, unless "all" is true.',
  input: inputSchema,
  effect: 'writes',
  execute: editTextFile,
});

async function editTextFile(input: z.infer<typeof inputSchema>, context: ToolContext): Promise<ToolResult> {
  const path = sandboxFilePath(input.path);
  if (path === undefined) return refused(outside(input.path));
  if (input.oldText === input.newText) return refused('"oldText" and "newText" are the same.');
  try {
    const before = await readText(path, context);
    if ('problem' in before) return mistake(`"${input.path}" ${before.problem}`);
    const edited = replace(before.text, input);
    if ('problem' in edited) return mistake(edited.problem);
    await writeKeepingMode(path, Buffer.from(edited.text), context);
    context.signal.throwIfAborted();
    return ok(`Replaced ${edited.count === 1 ? 'it once' : `it ${edited.count} times`} in ${path}.`);
  } catch (error) {
    return explainFileError(error, input.path, context);
  }
}

async function readText(
  path: string,
  { sandbox }: ToolContext,
): Promise<{ text: string } | { problem: string }> {
  const bytes = await readWhole(await sandbox.readFile(path), MAX_BYTES);
  if (!bytes) return { problem: `is larger than the ${MAX_BYTES} bytes that this tool edits; use bash.` };
  try {
    // A byte-order mark is the file's own, and stays.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { problem: 'is no text in UTF-8, so this tool cannot edit it.' };
  }
}

function replace(
  text: string,
  { oldText, newText, all = false }: z.infer<typeof inputSchema>,
): { text: string; count: number } | { problem: string } {
  const parts = text.split(oldText);
  const count = parts.length - 1;
  if (count === 0) {
    const hint = text.includes('\r\n') && !oldText.includes('\r') ? ' Its lines end in CR LF.' : '';
    return { problem: `"oldText" does not stand in the file, exactly as it was given.${hint}` };
  }
  if (count > 1 && !all) {
    const message = `"oldText" stands ${count} times in the file: give more of what is around it, or set "all".`;
    return { problem: message };
  }
  return { text: parts.join(newText), count };
}
