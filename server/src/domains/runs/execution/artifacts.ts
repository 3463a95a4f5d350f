import type { Readable } from 'node:stream';
import { lookup } from 'mime-types';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store/blob-store';
import { isSafeName } from '../file-names';

export interface ArtifactStoreOptions {
  blobs: Pick<BlobStore, 'put'>;
  /** Records the artifact under the run's lease. */
  record(file: RunFile): Promise<void>;
  /** Bytes that all artifacts of the run may take. */
  maxBytes: number;
  /** What the run has left before it waited. */
  before: readonly RunFile[];
}

/** Files that one run may leave: a listing of more is of no use to anybody. */
const MAX_ARTIFACTS = 1_000;

export type StoreArtifact = (file: { name: string; content: Readable; mime?: string }) => Promise<RunFile>;

/** Stores the files that a run leaves, within its limits. */
export function createArtifactStore({
  blobs,
  record,
  maxBytes,
  before,
}: ArtifactStoreOptions): StoreArtifact {
  let count = before.length;
  let bytes = before.reduce((sum, { size }) => sum + size, 0);
  return async ({ name, content, mime }) => {
    if (!isSafeName(name)) {
      throw new InvalidError(`The artifact's name ${JSON.stringify(name)} is not a relative path.`, {
        code: 'artifact-name-invalid',
        path: [name],
      });
    }
    count += 1;
    if (count > MAX_ARTIFACTS) {
      throw new InvalidError(`A run may leave at most ${MAX_ARTIFACTS} artifacts.`, {
        code: 'too-many-artifacts',
      });
    }
    const blob = await blobs.put(content, { limit: Math.max(0, maxBytes - bytes) });
    bytes += blob.size;
    const file: RunFile = { name, mime: mime ?? (lookup(name) || 'application/octet-stream'), ...blob };
    await record(file);
    return file;
  };
}
