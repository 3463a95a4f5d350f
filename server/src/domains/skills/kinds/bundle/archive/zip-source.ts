import type { FileHandle } from 'node:fs/promises';
import { fromBufferPromise, fromFdPromise, type ZipFile } from 'yauzl';

/** An open zip and its bytes. */
export interface ZipSource {
  zip: ZipFile;
  /** Fewer bytes than asked for at the archive's end. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Reading a small archive once is much faster than a hundred small reads of it; a large one is read where it lies. */
const maxBuffered = 8 * 1024 * 1024;

const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };

export async function openZip(file: FileHandle): Promise<ZipSource> {
  const { size } = await file.stat();
  if (size > maxBuffered) {
    const zip = await fromFdPromise(file.fd, options);
    return { zip, read: (position, length) => readAt(file, position, length) };
  }
  const bytes = await readAt(file, 0, size);
  const zip = await fromBufferPromise(bytes, options);
  return { zip, read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)) };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
