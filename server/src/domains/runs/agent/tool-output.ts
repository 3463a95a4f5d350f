import { Readable } from 'node:stream';
import { sandboxFolders } from '../../../platform/sandbox';
import type { ToolContext } from './tools/tool';

/** What the model is told of a tool's output, and the artifact that holds all of it when that is less. */
export interface PresentedOutput {
  text: string;
  artifact?: string;
}

/** Characters for the words between the beginning and the end. */
const NOTE_ROOM = 400;
/** Of what is kept, how much is the beginning: endings are where errors are. */
const HEAD_SHARE = 0.5;

/**
 * Cuts what is too long for the model, and keeps all of it: as an artifact for people, and where the sandbox takes it, as a file for the
 * agent. Secrets are masked first, so that none is halved by the cut.
 */
export async function presentOutput(
  raw: string,
  { host, sandbox }: Pick<ToolContext, 'host' | 'sandbox'>,
  name: string,
): Promise<PresentedOutput> {
  const text = host.mask(raw);
  const { maxToolOutput } = host.limits;
  if (text.length <= maxToolOutput) return { text };
  const artifact = `tool-output/${name}.txt`;
  const bytes = Buffer.from(text);
  await host.artifact({ name: artifact, content: Readable.from([bytes]), mime: 'text/plain' });
  const file = `${sandboxFolders.work}/${artifact}`;
  const isInSandbox = await sandbox.writeFile(file, bytes).then(
    () => true,
    // A full disk is no reason to fail: the artifact has it all.
    () => false,
  );
  const place = isInSandbox ? `the file ${file}` : `the run's artifact ${artifact}`;
  return { text: cutMiddle(text, maxToolOutput, place), artifact };
}

function cutMiddle(text: string, limit: number, place: string): string {
  const room = Math.max(0, limit - NOTE_ROOM);
  const headLength = Math.floor(room * HEAD_SHARE);
  // A character of two units is not halved.
  const head = text.slice(0, headLength).replace(/[\ud800-\udbff]$/, '');
  const tail = text.slice(text.length - (room - headLength)).replace(/^[\udc00-\udfff]/, '');
  const missing = text.length - head.length - tail.length;
  const note = `[${missing} of ${text.length} characters are left out here; all of them are in ${place}.]`;
  return `${head}\n\n${note}\n\n${tail}`;
}
