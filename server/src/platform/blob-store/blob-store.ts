import type { Readable } from 'node:stream';

/** A blob's identity: SHA-256 of its bytes, in lowercase hex. */
export type Digest = string;

export interface StoredBlob {
  digest: Digest;
  /** Bytes. */
  size: number;
}

/** A column that holds digests of blobs in use. Domains export theirs, and the store is made with all of them. */
export interface BlobReference {
  table: string;
  /** Must be indexed: the collector asks it once for each blob. */
  column: string;
}

/**
 * Content-addressed bytes. Writing is idempotent: the same bytes twice are one blob, and a second writer of the same digest
 * does no harm. A write makes a blob "touched", which keeps the collector away from it for a day, so that a manifest may be
 * written after its blobs.
 */
export interface BlobStore {
  /**
   * True when `putAll` writes by queries that join the open transaction, so that a caller may call it inside: one commit
   * fewer. It is input and output of another sort otherwise, and belongs before the transaction.
   */
  readonly joinsTransactions: boolean;
  /**
   * Stores a stream in chunks of at most 1 MiB; memory use does not grow with its size. `limit` is in bytes: a longer stream
   * is destroyed and refused with a `PayloadTooLargeError` of code `blob-too-large`. Not to be called inside a transaction.
   */
  put(source: Readable, options?: { limit?: number }): Promise<StoredBlob>;
  /** Stores many small blobs in few statements. Answers in the order given. */
  putAll(contents: readonly Buffer[]): Promise<StoredBlob[]>;
  /** A stream of the blob's bytes, read a chunk at a time; rejects with a `NotFoundError` of code `blob-not-found`. */
  open(digest: Digest): Promise<Readable>;
  /** The whole blob; rejects with `blob-too-large` when it is larger than `limit` bytes. */
  read(digest: Digest, limit: number): Promise<Buffer>;
  /** Whole blobs, few statements for many; for contents known to be small. Those that are missing are left out. */
  readAll(digests: readonly Digest[]): Promise<Map<Digest, Buffer>>;
  /**
   * Keeps the collector away from blobs that are about to be referred to again; answers those that are missing. Free to call
   * in the transaction that writes the reference.
   */
  touch(digests: readonly Digest[]): Promise<Digest[]>;
  /** Deletes blobs that nothing refers to and that nobody touched since `before` (ms since 1970); answers how many. */
  collect(options: { before: number; limit?: number }): Promise<number>;
}
