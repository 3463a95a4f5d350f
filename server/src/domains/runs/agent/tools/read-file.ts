import { z } from 'zod';
import { sandboxFolders } from '../../../../platform/sandbox';
import { Excerpt } from './excerpt';
import { explainFileError } from './sandbox-errors';
import { loadedFolder } from './load-skill';
import { outside, sandboxFilePath } from './sandbox-path';
import { defineTool, mistake, ok, refused, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(4_096)
    .describe(`Relative to ${sandboxFolders.skill}, or absolute below ${sandboxFolders.work}.`),
  offset: z.number().int().min(1).optional().describe('The first line to read, from 1.'),
  limit: z.number().int().min(1).max(100_000).optional().describe('Lines to read: 2000 unless told.'),
});

const DEFAULT_LINES = 2_000;
/** Characters of the notes that stand below what was read. */
const NOTE_ROOM = 300;

export const readFileTool = defineTool({
  name: 'read_file',
  description: 'Reads a text file. A long one is read in parts: the answer says where to go on.',
  input: inputSchema,
  effect: 'reads',
  execute: readTextFile,
});

async function readTextFile(input: z.infer<typeof inputSchema>, context: ToolContext): Promise<ToolResult> {
  const path = sandboxFilePath(input.path);
  if (path === undefined) return refused(outside(input.path));
  const from = input.offset ?? 1;
  const request = { from, to: from + (input.limit ?? DEFAULT_LINES) };
  const excerpt = new Excerpt({ ...request, room: context.host.limits.maxToolOutput - NOTE_ROOM });
  try {
    const content = await context.sandbox.readFile(path);
    for await (const chunk of content as AsyncIterable<Buffer>) {
      context.signal.throwIfAborted();
      if (!excerpt.take(chunk)) break;
    }
  } catch (error) {
    return explainFileError(error, input.path, context);
  }
  excerpt.end();
  noteReading(path, context);
  return describe(input.path, excerpt, from);
}

function describe(path: string, excerpt: Excerpt, from: number): ToolResult {
  if (excerpt.binary !== undefined) {
    return mistake(`"${path}" is ${excerpt.binary}, which this tool does not read; bash can look into it.`);
  }
  if (excerpt.text === '') {
    if (excerpt.lines === 0) return ok('(The file is empty.)');
    return mistake(`"${path}" has only ${excerpt.lines} lines; "offset" is ${from}.`);
  }
  if (excerpt.complete) return ok(excerpt.text);
  const cut = excerpt.lineCut ? ' A line was too long to be shown whole; bash can look into it.' : '';
  return ok(`${excerpt.text}\n[There is more: go on with "offset": ${excerpt.next}.${cut}]`);
}

/** Whoever watches sees which file of a skill was read, and when. */
function noteReading(path: string, { host, readings, trajectory }: ToolContext): void {
  const found = skillFileAt(path, host);
  if (found && readings.note(found.alias, found.path)) trajectory.tell({ type: 'file-load', ...found });
}

function skillFileAt(
  path: string,
  { alias, version, skills }: ToolContext['host'],
): { alias: string; path: string } | undefined {
  const own = below(sandboxFolders.skill, path);
  if (own !== undefined)
    return version.files.some((file) => file.path === own) ? { alias, path: own } : undefined;
  for (const skill of skills) {
    const inside = below(loadedFolder(skill.alias), path);
    if (inside !== undefined && skill.version.files.some((file) => file.path === inside))
      return { alias: skill.alias, path: inside };
  }
  return undefined;
}

function below(folder: string, path: string): string | undefined {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
