import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Database } from '../database';
import { beginBlob, completeBlob, completeBlobs, touchBlobs, writeBlobs } from './blob-rows';
import type { Digest, StoredBlob } from './blob-store';
import { CHUNK_BYTES, writeChunks } from './chunk-rows';
import { spool } from './spool';

/** Stores a stream; a chunk at a time is in memory. */
export async function writeStream(database: Database, source: Readable, limit: number): Promise<StoredBlob> {
  const spooled = await spool(source, CHUNK_BYTES, limit);
  try {
    const { digest, size } = spooled;
    if (!(await beginBlob(database, { digest, size }))) {
      let n = 0;
      for await (const bytes of spooled.chunks()) await writeChunks(database, [{ digest, n: n++, bytes }]);
      await completeBlob(database, digest);
    }
    return { digest, size };
  } finally {
    await spooled.dispose();
  }
}

/** Stores what is not there, touches what is, in one transaction. */
export async function writeAll(database: Database, contents: readonly Buffer[]): Promise<StoredBlob[]> {
  const blobs = contents.map((bytes): StoredBlob => ({
    digest: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
  }));
  const byDigest = new Map(blobs.map((blob, index) => [blob.digest, { ...blob, bytes: contents[index]! }]));
  await database.transaction(async () => {
    const there = [...(await completeBlobs(database, [...byDigest.keys()])).keys()];
    const kept = there.length > 0 ? await touchBlobs(database, there) : new Set<Digest>();
    const wanting = [...byDigest.values()].filter(({ digest }) => !kept.has(digest));
    await writeBlobs(
      database,
      wanting.map(({ digest, size, bytes }) => ({ digest, size, chunks: split(bytes) })),
    );
  });
  return blobs;
}

function split(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES));
}
