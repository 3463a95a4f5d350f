import { Readable } from 'node:stream';
import { errors } from '@strapi/utils';
import { inBatches, type Database } from '../database';
import { completeBlobs } from './blob-rows';
import type { Digest } from './blob-store';
import { chunksOf, readChunks } from './chunk-rows';
import { tooLarge } from './spool';

/** Blobs whose chunks one statement reads. */
const READ_BATCH = 200;

/** The blob's bytes; a chunk at a time is read, when it is asked for. */
export async function openBlob(database: Database, digest: Digest): Promise<Readable> {
  const size = await sizeOf(database, digest);
  return Readable.from(chunksOf(database, digest, size), { objectMode: false });
}

export async function readBlob(database: Database, digest: Digest, limit: number): Promise<Buffer> {
  const size = await sizeOf(database, digest);
  if (size > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(database, digest, size)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function readBlobs(
  database: Database,
  digests: readonly Digest[],
): Promise<Map<Digest, Buffer>> {
  const contents = new Map<Digest, Buffer>();
  for (const batch of inBatches([...new Set(digests)], READ_BATCH)) {
    const found = [...(await completeBlobs(database, batch)).keys()];
    for (const digest of found) contents.set(digest, Buffer.alloc(0));
    for (const { digest, bytes } of await readChunks(database, found)) {
      contents.set(digest, Buffer.concat([contents.get(digest)!, bytes]));
    }
  }
  return contents;
}

async function sizeOf(database: Database, digest: Digest): Promise<number> {
  const size = (await completeBlobs(database, [digest])).get(digest);
  if (size !== undefined) return size;
  throw new errors.NotFoundError('This content is not stored.', { code: 'blob-not-found', digest });
}
