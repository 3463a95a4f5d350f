import { z } from 'zod';
import { sandboxFolders } from '../../../../platform/sandbox';
import { writeKeepingMode } from './executable';
import { explainFileError } from './sandbox-errors';
import { outside, sandboxFilePath } from './sandbox-path';
import { defineTool, ok, refused, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(4_096)
    .describe(`Relative to ${sandboxFolders.skill}, or absolute below ${sandboxFolders.work}.`),
  content: z.string().describe('All that the file is to hold.'),
});

export const writeFileTool = defineTool({
  name: 'write_file',
  description: 'Writes a text file; one that is there is replaced. Missing folders are made.',
  input: inputSchema,
  effect: 'writes',
  execute: writeTextFile,
});

async function writeTextFile(input: z.infer<typeof inputSchema>, context: ToolContext): Promise<ToolResult> {
  const path = sandboxFilePath(input.path);
  if (path === undefined) return refused(outside(input.path));
  const content = Buffer.from(input.content);
  try {
    await writeKeepingMode(path, content, context);
  } catch (error) {
    return explainFileError(error, input.path, context);
  }
  context.signal.throwIfAborted();
  return ok(`Wrote ${content.length} bytes to ${path}.`);
}
