import type { BlobStore } from '../../platform/blob-store';
import type { ManifestStore } from './manifests/manifest-store';

/** What nothing refers to is kept this long after its last use: a manifest is written after its blobs, a version after both. */
const GRACE_MS = 24 * 60 * 60 * 1000;

export interface Collected {
  manifests: number;
  blobs: number;
}

/**
 * Deletes manifests that no version needs, then blobs that nothing refers to any more. Several servers may do it at once:
 * each deletion is checked again in the delete itself. `now` is in milliseconds since 1970, by the database's clock.
 */
export async function collectGarbage(stores: {
  manifests: ManifestStore;
  blobs: BlobStore;
  now: number;
}): Promise<Collected> {
  const before = stores.now - GRACE_MS;
  const manifests = await stores.manifests.collect(before);
  return { manifests, blobs: await stores.blobs.collect({ before }) };
}
