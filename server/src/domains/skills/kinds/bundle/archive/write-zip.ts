import { Readable, type PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import { inOrder, modeOf, type OutgoingBundle } from './outgoing-file';

const regularFile = 0o100000;

/**
 * A zip that is the same bytes for the same bundle on any machine: files in byte order, one date, and stored, because deflated
 * bytes differ between processors and versions of zlib. One file at a time is in memory, and a slow reader slows the writer.
 */
export function writeZip(bundle: OutgoingBundle): Readable {
  return Readable.from(chunks(bundle), { objectMode: false });
}

async function* chunks({ folder, files }: OutgoingBundle): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  // Zip keeps local time: noon of that day has the same fields wherever this runs.
  const mtime = new Date(1980, 0, 1, 12);
  for (const file of inOrder(files)) {
    const options = { mtime, mode: regularFile | modeOf(file), compress: false, forceDosTimestamp: true };
    zip.addBuffer(await file.content(), `${folder}/${file.path}`, options);
    yield* waiting(output);
  }
  zip.end();
  for await (const chunk of output as AsyncIterable<Buffer>) yield chunk;
}

function* waiting(output: PassThrough): Generator<Buffer> {
  for (let chunk: unknown; (chunk = output.read()) !== null;) yield chunk as Buffer;
}
