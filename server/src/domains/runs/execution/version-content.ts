import { Readable } from 'node:stream';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../../platform/blob-store/blob-store';
import type { SandboxFile } from '../../../platform/sandbox/sandbox';
import type { VersionContent } from '../../skills';
import type { VersionRecord, VersionsService } from '../../versions';

/** A version's content as executors read it. */
export async function openVersion(
  versions: Pick<VersionsService, 'files' | 'open'>,
  version: VersionRecord,
): Promise<VersionContent> {
  const files = await versions.files(version);
  return {
    id: version.id,
    number: version.number,
    digest: version.digest,
    files,
    metadata: version.metadata,
    async open(path) {
      const { content } = await versions.open(version, path);
      return content;
    },
  };
}

/** Files up to this size are read many to a statement; at most this many bytes of them are held at once. */
const SMALL_FILE_BYTES = 256 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_FILES = 100;

/** Opens a blob only when its first byte is asked for. */
function openLater(open: () => Promise<Readable>): Readable {
  async function* bytes(): AsyncGenerator<Buffer> {
    yield* await open();
  }
  return Readable.from(bytes());
}

/** A version's files for a sandbox: small ones in few statements, large ones as streams. */
export async function* filesForSandbox(
  files: readonly VersionFile[],
  blobs: Pick<BlobStore, 'readAll' | 'open'>,
): AsyncGenerator<SandboxFile> {
  for (const { path, digest, executable, size } of files) {
    if (size > SMALL_FILE_BYTES)
      yield { path, executable, content: () => openLater(() => blobs.open(digest)) };
  }
  for (const batch of batchesOf(files.filter(({ size }) => size <= SMALL_FILE_BYTES))) {
    const contents = await blobs.readAll(batch.map(({ digest }) => digest));
    for (const { path, digest, executable } of batch) {
      const content = contents.get(digest);
      if (!content) throw new Error(`The blob ${digest} of ${path} is missing.`);
      yield { path, executable, content: () => Readable.from([content]) };
    }
  }
}

function* batchesOf(files: readonly VersionFile[]): Generator<VersionFile[]> {
  let batch: VersionFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + file.size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) yield batch;
}
