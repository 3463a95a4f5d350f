export type { BlobReference, BlobStore, Digest, StoredBlob } from './blob-store';
export { blobStoreMigrations, blobStoreTables } from './blob-tables';
export { blobsOf } from './blobs-of';
export { createDatabaseBlobStore } from './database-blob-store';
