import { pipeline } from 'node:stream';
import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { quoteName, refusal } from '../refusal';
import type { ZipEntry } from './zip-directory';
import type { ZipSource } from './zip-source';

/** Up to here an entry is inflated in one go: that takes a few milliseconds, and a stream for each file costs more. */
const maxAtOnce = 1024 * 1024;

/**
 * The bytes of an entry. Refuses at the first byte beyond the size that the archive states, and at the end when bytes are missing, were
 * changed, or lie behind the compressed ones.
 */
export function readEntryData(source: ZipSource, entry: ZipEntry): AsyncIterable<Buffer> {
  const { compressedSize, uncompressedSize } = entry.entry;
  const isSmall = compressedSize <= maxAtOnce && uncompressedSize <= maxAtOnce;
  return isSmall ? atOnce(source, entry) : streamed(source, entry);
}

async function* atOnce(source: ZipSource, zipEntry: ZipEntry): AsyncGenerator<Buffer> {
  const { entry, path, dataStart } = zipEntry;
  const raw = await source.read(dataStart, entry.compressedSize);
  const data = entry.compressionMethod === 0 ? raw : inflateWhole(raw, zipEntry);
  if (data.length !== entry.uncompressedSize) throw sizeMismatch(path);
  if (crc32(data) !== entry.crc32) throw wrongChecksum(path);
  yield data;
}

function inflateWhole(raw: Buffer, { entry, path }: ZipEntry): Buffer {
  const options = {
    info: true,
    maxOutputLength: Math.max(1, entry.uncompressedSize),
    finishFlush: constants.Z_FINISH,
  };
  try {
    // With `info` the answer is not the published type's Buffer: it tells how much was consumed too.
    const result = inflateRawSync(raw, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (result.engine.bytesWritten !== entry.compressedSize) throw sizeMismatch(path);
    return result.buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw sizeMismatch(path);
    throw error;
  }
}

async function* streamed({ zip }: ZipSource, { entry, path }: ZipEntry): AsyncGenerator<Buffer> {
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  // The consumer of the last stream sees its error; the callback only keeps it from being reported as unhandled.
  const inflater =
    entry.compressionMethod === 0 ? undefined : pipeline(raw, createInflateRaw(), () => undefined);
  let length = 0;
  let checksum = 0;
  for await (const chunk of (inflater ?? raw) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > entry.uncompressedSize) throw sizeMismatch(path);
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  const consumed = inflater?.bytesWritten ?? entry.compressedSize;
  if (length !== entry.uncompressedSize || consumed !== entry.compressedSize) throw sizeMismatch(path);
  if (checksum !== entry.crc32) throw wrongChecksum(path);
}

function sizeMismatch(path: string): Error {
  const message = `The size of ${quoteName(path)} is not the one that the archive states.`;
  return refusal('entry-size-mismatch', message, path);
}

function wrongChecksum(path: string): Error {
  return refusal('entry-checksum', `The content of ${quoteName(path)} does not match its checksum.`, path);
}
