import type { FileHandle } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Header } from 'tar-stream';
import type { ContentLimits } from '../../../../versions';
import type { BundleFile } from '../bundle';
import { quoteName, refusal } from '../refusal';
import { createCollector, maxEntries, type Collector } from './collector';
import { decodeName, entryPath } from './entry-name';
import { explainError } from './explain-error';

type Entry = Extract extends AsyncIterable<infer Item> ? Item : never;

const blockBytes = 512;
/** Names are read as bytes, one character each, so that those which are not UTF-8 can be told and refused. */
const extraction = { highWaterMark: 64 * 1024, filenameEncoding: 'latin1' };
/** What tar itself may add to an entry: its header, an extension header with a long name, and the padding of both. */
const overheadBytes = 8 * 1024;

/** The files of a gzipped tar, read as one stream with a cap on what it unpacks to: a bomb is left at the first byte too many. */
export async function readTarGz(file: FileHandle, limits: ContentLimits): Promise<BundleFile[]> {
  const collector = createCollector(limits);
  const cap = limits.maxBytes + maxEntries(limits) * overheadBytes;
  const source = file.createReadStream({ autoClose: false, start: 0 });
  // The consumer of the last stream sees what fails; the callback only keeps it from being reported as unhandled.
  const entries = pipeline(source, createGunzip(), guard(cap), extract(extraction), () => undefined);
  try {
    for await (const entry of entries) await readEntry(entry, collector, limits);
  } catch (error) {
    throw explainError(error);
  }
  return collector.files;
}

/** Counts what passes, and at the end asks for the block of zeros that closes every tar. */
function guard(cap: number): Transform {
  let total = 0;
  let tail = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-blockBytes)]).subarray(-blockBytes);
      if (total <= cap) return done(null, chunk);
      return done(refusal('content-too-large', `The archive unpacks to more than ${cap} bytes.`));
    },
    flush(done) {
      const closed = tail.length === blockBytes && tail.every((byte) => byte === 0);
      done(closed ? null : refusal('archive-truncated', 'The archive is not complete.'));
    },
  });
}

async function readEntry(entry: Entry, collector: Collector, limits: ContentLimits): Promise<void> {
  const header = entry.header;
  const name = nameOf(header);
  collector.countEntry(name);
  checkType(header, name);
  const isFolder = header.type === 'directory';
  const path = entryPath(name, isFolder, limits);
  if (!isFolder) {
    const executable = (header.mode & 0o111) !== 0;
    await collector.add({
      path,
      size: header.size,
      executable,
      content: () => entry as AsyncIterable<Buffer>,
    });
  }
  entry.resume();
}

/** What an extension header said, if there was one. */
function extension({ pax }: Header): Record<string, string> {
  return (pax ?? {}) as Record<string, string>;
}

function nameOf(header: Header): string {
  // Extension headers are UTF-8 by definition, and were decoded as such; a replacement character tells that they were not.
  const name = extension(header).path ?? decodeName(Buffer.from(header.name, 'latin1'));
  if (!name.includes('\ufffd')) return name;
  throw refusal('entry-name-encoding', `The name ${quoteName(name)} is not valid UTF-8.`, name);
}

function checkType(header: Header, name: string): void {
  const { type } = header;
  if (type === 'link' || type === 'symlink') {
    throw refusal('entry-link', `The entry ${quoteName(name)} is a link.`, name);
  }
  if (type === 'character-device' || type === 'block-device' || type === 'fifo') {
    throw refusal('entry-device', `The entry ${quoteName(name)} is a device or pipe.`, name);
  }
  const sparse = Object.keys(extension(header)).some((key) => key.startsWith('GNU.sparse.'));
  if (!sparse && (type === 'file' || type === 'contiguous-file' || type === 'directory')) return;
  throw refusal(
    'entry-unsupported',
    `The entry ${quoteName(name)} is of a type that is not supported.`,
    name,
  );
}
