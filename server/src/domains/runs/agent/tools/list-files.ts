import { z } from 'zod';
import { sandboxFolders } from '../../../../platform/sandbox';
import { matchesGlob, MAX_PATTERN } from './glob';
import { explainFileError } from './sandbox-errors';
import { outside, sandboxPath } from './sandbox-path';
import { defineTool, ok, refused, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe(
      `The folder: ${sandboxFolders.skill} unless told; relative to it, or absolute below ${sandboxFolders.work}.`,
    ),
  pattern: z
    .string()
    .min(1)
    .max(MAX_PATTERN)
    .optional()
    .describe('Only files that match: "*.md", "src/**/*.ts".'),
});

const MAX_LISTED = 1_000;

export const listFilesTool = defineTool({
  name: 'list_files',
  description: 'Lists the files in a folder and in all folders below it, with their sizes in bytes.',
  input: inputSchema,
  effect: 'reads',
  execute: listFiles,
});

async function listFiles(
  { path = '.', pattern }: z.infer<typeof inputSchema>,
  context: ToolContext,
): Promise<ToolResult> {
  const folder = sandboxPath(path);
  if (folder === undefined) return refused(outside(path));
  const found: { path: string; size: number }[] = [];
  try {
    for (const { name, prefix } of foldersOf(folder)) {
      const entries = await context.sandbox.list(name);
      found.push(...entries.map((entry) => ({ path: prefix + entry.path, size: entry.size })));
    }
  } catch (error) {
    return explainFileError(error, path, context);
  }
  context.signal.throwIfAborted();
  const files = pattern === undefined ? found : found.filter((file) => matchesGlob(pattern, file.path));
  if (files.length === 0)
    return ok(`(There is no file${pattern === undefined ? '' : ' that matches'} in ${folder}.)`);
  const lines = files.slice(0, MAX_LISTED).map((file) => `${file.path} (${file.size})`);
  const rest = files.length - lines.length;
  return ok([...lines, ...(rest > 0 ? [`[${rest} more: name a folder or a pattern.]`] : [])].join('\n'));
}

/** `/work` itself is listed by its folders: what else is in it is not the agent's. */
function foldersOf(folder: string): { name: string; prefix: string }[] {
  if (folder !== sandboxFolders.work) return [{ name: folder, prefix: '' }];
  const { skill, input, output } = sandboxFolders;
  return [skill, input, output].map((name) => ({ name, prefix: `${name.slice(folder.length + 1)}/` }));
}
