import type { Database } from '../database';
import { touchBlobs } from './blob-rows';
import type { BlobReference, BlobStore } from './blob-store';
import { deleteUnreferenced } from './delete-unreferenced';
import { openBlob, readBlob, readBlobs } from './read-blobs';
import { writeAll, writeStream } from './write-blobs';

/** Blobs that one transaction of the collector deletes. */
const COLLECT_BATCH = 500;

/**
 * Blobs in the database itself: nothing to install, and a backup of the database has them. `references` are all columns that
 * hold digests: what none of them names is collected.
 */
export function createDatabaseBlobStore({
  database,
  references,
}: {
  database: Database;
  references: readonly BlobReference[];
}): BlobStore {
  return {
    joinsTransactions: true,

    put: (source, { limit = Number.POSITIVE_INFINITY } = {}) => writeStream(database, source, limit),
    putAll: (contents) => writeAll(database, contents),
    open: (digest) => openBlob(database, digest),
    read: (digest, limit) => readBlob(database, digest, limit),
    readAll: (digests) => readBlobs(database, digests),

    async touch(digests) {
      const unique = [...new Set(digests)];
      const touched = await touchBlobs(database, unique);
      return unique.filter((digest) => !touched.has(digest));
    },

    async collect({ before, limit = Number.POSITIVE_INFINITY }) {
      let deleted = 0;
      while (deleted < limit) {
        const batch = Math.min(COLLECT_BATCH, limit - deleted);
        const count = await deleteUnreferenced(database, { references, before }, batch);
        deleted += count;
        if (count < batch) break;
      }
      return deleted;
    },
  };
}
