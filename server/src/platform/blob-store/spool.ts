import { createHash, randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { errors } from '@strapi/utils';
import type { StoredBlob } from './blob-store';

/** A stream that was read to its end: only then is its digest known, under which its chunks are to be stored. */
export interface Spooled extends StoredBlob {
  /** Its bytes in chunks of the size that was asked for, the last one shorter; may be read once. */
  chunks(): AsyncGenerator<Buffer>;
  dispose(): Promise<void>;
}

/**
 * Reads a stream to its end while hashing it. What fits into one chunk stays in memory, the rest waits in a temporary file.
 */
export async function spool(source: Readable, chunkBytes: number, limit: number): Promise<Spooled> {
  const hash = createHash('sha256');
  let file: FileHandle | undefined;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let size = 0;
  try {
    for await (const piece of source) {
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array | string);
      size += bytes.length;
      if (size > limit) throw tooLarge(limit);
      hash.update(bytes);
      held.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes <= chunkBytes) continue;
      file ??= await openTemporary();
      await file.writeFile(Buffer.concat(held));
      held = [];
      heldBytes = 0;
    }
    if (file && heldBytes > 0) await file.writeFile(Buffer.concat(held));
  } catch (error) {
    await file?.close();
    throw error;
  }
  const spooledFile = file;
  return {
    digest: hash.digest('hex'),
    size,
    chunks: () =>
      spooledFile ? readChunks(spooledFile, chunkBytes, size) : split(Buffer.concat(held), chunkBytes),
    dispose: async () => spooledFile?.close(),
  };
}

export function tooLarge(limit: number): Error {
  return new errors.PayloadTooLargeError(`A file is larger than the ${limit} bytes that are allowed.`, {
    code: 'blob-too-large',
    limit,
  });
}

/** The file is nameless from the start, so that a crash leaves nothing behind. */
async function openTemporary(): Promise<FileHandle> {
  const path = join(tmpdir(), `skills-blob-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

async function* readChunks(file: FileHandle, chunkBytes: number, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size; position += chunkBytes) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, size - position));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead !== chunk.length)
      throw new Error('A temporary file is shorter than what was written to it.');
    yield chunk;
  }
}

async function* split(bytes: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}
