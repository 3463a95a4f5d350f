import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import type { ContentLimits } from './content-limits';
import type { ManifestStore } from './manifests/manifest-store';
import { versionMissing } from './refusals';
import type { VersionsRepository } from './repository';
import type { Follow } from './versions-service';

/** What the service's operations work with. */
export interface VersionsContext {
  database: Database;
  blobs: BlobStore;
  limits: ContentLimits;
  repository: VersionsRepository;
  manifests: ManifestStore;
  /** Milliseconds since 1970. */
  clock(): number;
}

/** Has the caller write what depends on the version just written, in the transaction that is open. */
export async function followUp(
  { repository }: Pick<VersionsContext, 'repository'>,
  { follow }: { follow?: Follow },
  id: string,
): Promise<void> {
  if (!follow) return;
  const version = await repository.find(id);
  if (!version) throw versionMissing();
  await follow(version);
}
