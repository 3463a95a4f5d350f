import { inBatches, insertRows, type Database } from '../database';
import type { Digest, StoredBlob } from './blob-store';
import { BLOBS_TABLE } from './blob-tables';
import { writeChunks } from './chunk-rows';

/*
 * A blob's row comes first and is touched by every writer, then its chunks, then its mark `complete`; readers see complete
 * blobs only. So whoever writes a blob that is being collected either keeps it by touching it first, or finds it gone and
 * writes it again.
 */

/** Makes a row for a blob whose chunks come next, or touches the one that is there; true when it is complete already. */
export async function beginBlob(database: Database, blob: StoredBlob): Promise<boolean> {
  await upsert(database, [blob], { complete: false, update: ['touched_at'] });
  return (await completeBlobs(database, [blob.digest])).has(blob.digest);
}

/** Says that all chunks of a blob are written. */
export async function completeBlob(database: Database, digest: Digest): Promise<void> {
  await database.run((knex) => knex(BLOBS_TABLE).where({ digest }).update({ complete: true }));
}

/**
 * Writes blobs with all their chunks, in the transaction that is open. One that another writer has only begun is complete
 * with it.
 */
export async function writeBlobs(
  database: Database,
  blobs: readonly (StoredBlob & { chunks: readonly Buffer[] })[],
): Promise<void> {
  await upsert(database, blobs, { complete: true, update: ['touched_at', 'complete'] });
  await writeChunks(
    database,
    blobs.flatMap(({ digest, chunks }) => chunks.map((bytes, n) => ({ digest, n, bytes }))),
  );
}

/** Touches what is complete, and answers it. The answer locks: MySQL's plain reads may show what is gone. */
export async function touchBlobs(database: Database, digests: readonly Digest[]): Promise<Set<Digest>> {
  const touched = new Set<Digest>();
  for (const batch of inBatches([...digests].sort())) {
    const found: Digest[] = await database.run(async (knex) => {
      const there = knex(BLOBS_TABLE).whereIn('digest', batch).where('complete', true);
      await there.clone().update({ touched_at: database.now() });
      return there.clone().forUpdate().pluck('digest');
    });
    for (const digest of found) touched.add(digest);
  }
  return touched;
}

/** Sizes in bytes of those blobs that are complete. */
export async function completeBlobs(
  database: Database,
  digests: readonly Digest[],
): Promise<Map<Digest, number>> {
  const sizes = new Map<Digest, number>();
  for (const batch of inBatches(digests)) {
    const rows = await database.run((knex) =>
      knex<{ digest: Digest; size: number | string; complete: boolean }>(BLOBS_TABLE)
        .select('digest', 'size')
        .whereIn('digest', batch)
        .where('complete', true),
    );
    for (const row of rows) sizes.set(row.digest, Number(row.size));
  }
  return sizes;
}

/** Sorted: two writers must not lock each other crosswise. */
async function upsert(
  database: Database,
  blobs: readonly StoredBlob[],
  { complete, update }: { complete: boolean; update: readonly string[] },
): Promise<void> {
  const touchedAt = await database.readClock();
  const rows = [...blobs]
    .sort((a, b) => (a.digest < b.digest ? -1 : 1))
    .map(({ digest, size }) => ({ digest, size, complete, touched_at: touchedAt }));
  await insertRows(database, BLOBS_TABLE, rows, { ignoreDuplicatesOf: ['digest'], update });
}
