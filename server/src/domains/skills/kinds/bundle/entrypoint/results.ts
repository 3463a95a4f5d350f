import type { Readable } from 'node:stream';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import type { Sandbox } from '../../../../../platform/sandbox/sandbox';
import { sandboxFolders } from '../../../../../platform/sandbox/sandbox-folders';
import type { RunContext } from '../../kind';
import { parseJson, type TextStream } from './text-stream';

/** The file in the output folder that is the run's output, and no artifact. */
const outputFile = 'output.json';
/** Bytes; the output is stored on the run's row. */
const maxOutputBytes = 1024 * 1024;

/** Stores what was left in the output folder; the run's output is no artifact, unless nobody takes it as such. */
export async function keepArtifacts(
  sandbox: Sandbox,
  context: Pick<RunContext, 'artifact'>,
  { takesOutput = true }: { takesOutput?: boolean } = {},
): Promise<RunFile[]> {
  const kept: RunFile[] = [];
  for (const { path } of await sandbox.list(sandboxFolders.output)) {
    if (takesOutput && path === outputFile) continue;
    const content = await sandbox.readFile(`${sandboxFolders.output}/${path}`);
    kept.push(await context.artifact({ name: path, content }));
  }
  return kept;
}

export type Output = { value: unknown } | { problem: string };

/** `output.json` in the output folder, else the last JSON line of stdout, else null. */
export async function readOutput(sandbox: Sandbox, stdout: TextStream): Promise<Output> {
  return (await readOutputFile(sandbox)) ?? stdout.lastJson() ?? { value: null };
}

/** `output.json` in the output folder; undefined when there is none. */
export async function readOutputFile(sandbox: Sandbox): Promise<Output | undefined> {
  const entry = (await sandbox.list(sandboxFolders.output)).find(({ path }) => path === outputFile);
  if (!entry) return undefined;
  if (entry.size > maxOutputBytes)
    return { problem: `${outputFile} is larger than ${maxOutputBytes} bytes.` };
  const text = await readText(await sandbox.readFile(`${sandboxFolders.output}/${outputFile}`));
  return parseJson(text) ?? { problem: `${outputFile} is not JSON.` };
}

async function readText(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  // A byte-order mark is no JSON, but some programs write one.
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
