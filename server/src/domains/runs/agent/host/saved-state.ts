import { Readable } from 'node:stream';
import type { BlobStore } from '../../../../platform/blob-store';
import type { Database } from '../../../../platform/database';
import { sandboxFolders, type Sandbox, type SandboxArchive } from '../../../../platform/sandbox';
import type { RunsRepository } from '../../repository';
import type { Lease } from '../../run-record';

/** Stores what a run goes on with. `sandbox` is undefined where it opened none. */
export type SaveState = (state: unknown, sandbox: Sandbox | undefined) => Promise<void>;

export interface StateStoreOptions {
  database: Pick<Database, 'transaction'>;
  repository: Pick<RunsRepository, 'states' | 'leases'>;
  blobs: Pick<BlobStore, 'put' | 'open' | 'read'>;
  /** Bytes of the archive of a sandbox's files. */
  maxFilesBytes: number;
}

export interface SavedState {
  state: unknown;
  /** What lay below `/work`; undefined where the run had opened no sandbox. */
  snapshot: SandboxArchive | undefined;
}

/** Bytes of a conversation as JSON. */
const MAX_STATE_BYTES = 64 * 1024 * 1024;

export interface StateStore {
  /** Undefined when nothing was saved. */
  find(runId: string): Promise<SavedState | undefined>;
  /** Under the run's lease. Rejects with 413 `blob-too-large`. */
  save(lease: Lease, state: unknown, sandbox: Sandbox | undefined): Promise<void>;
}

/** What waiting runs go on with. Both parts are blobs, which the row keeps from the collector until the run has ended. */
export function createStateStore({
  database,
  repository,
  blobs,
  maxFilesBytes,
}: StateStoreOptions): StateStore {
  return {
    async find(runId) {
      const saved = await repository.states.find(runId);
      if (!saved) return undefined;
      const { stateDigest, filesDigest } = saved;
      const json = await blobs.read(stateDigest, MAX_STATE_BYTES);
      const snapshot = filesDigest
        ? { folder: sandboxFolders.work, open: () => blobs.open(filesDigest) }
        : undefined;
      return { state: JSON.parse(json.toString()) as unknown, snapshot };
    },

    async save(lease, state, sandbox) {
      const json = Buffer.from(JSON.stringify(state) ?? 'null');
      const stored = await blobs.put(Readable.from([json]), { limit: MAX_STATE_BYTES });
      // A run that opened no sandbox since it was resumed still has the files of that moment.
      const filesDigest = sandbox
        ? await storeFiles(sandbox)
        : ((await repository.states.find(lease.runId))?.filesDigest ?? null);
      await database.transaction(async () => {
        await repository.leases.assertHeld(lease);
        await repository.states.put(lease.runId, { stateDigest: stored.digest, filesDigest });
      });
    },
  };

  async function storeFiles(sandbox: Sandbox): Promise<string> {
    return (await blobs.put(await sandbox.pack(sandboxFolders.work), { limit: maxFilesBytes })).digest;
  }
}
