import { insertRows, type Database } from '../database';
import type { Digest } from './blob-store';
import { CHUNKS_TABLE } from './blob-tables';

/**
 * Bytes in a chunk; MariaDB refuses larger packets by default. It never changes: an interrupted write is completed by the
 * next writer of the same digest, chunk by chunk.
 */
export const CHUNK_BYTES = 1024 * 1024;

export interface ChunkRow {
  digest: Digest;
  /** Counts from 0. */
  n: number;
  bytes: Buffer;
}

/** Chunks that are there already are the same bytes, and are passed over. */
export async function writeChunks(database: Database, chunks: readonly ChunkRow[]): Promise<void> {
  const rows = chunks.map(({ digest, n, bytes }) => ({ digest, n, bytes }));
  await insertRows(database, CHUNKS_TABLE, rows, { ignoreDuplicatesOf: ['digest', 'n'] });
}

/** A blob's chunks one after another, one in memory at a time. `size` is the blob's, in bytes. */
export async function* chunksOf(database: Database, digest: Digest, size: number): AsyncGenerator<Buffer> {
  for (let n = 0; n * CHUNK_BYTES < size; n += 1) {
    const row = await database.run((knex) =>
      knex<ChunkRow>(CHUNKS_TABLE).where({ digest, n }).first('bytes'),
    );
    if (!row) throw new Error(`Chunk ${n} of blob ${digest} is missing.`);
    yield row.bytes;
  }
}

/** All chunks of several small blobs, in order. */
export async function readChunks(database: Database, digests: readonly Digest[]): Promise<ChunkRow[]> {
  return database.run((knex) =>
    knex<ChunkRow>(CHUNKS_TABLE)
      .select('digest', 'n', 'bytes')
      .whereIn('digest', digests)
      .orderBy(['digest', 'n']),
  );
}
