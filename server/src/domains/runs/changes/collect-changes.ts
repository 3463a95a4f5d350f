import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore, StoredBlob } from '../../../platform/blob-store';
import { inBatches } from '../../../platform/database';
import { sandboxFolders, type Sandbox, type SandboxEntry } from '../../../platform/sandbox';
import type { SecretMask } from '../../../platform/secret-mask';
import type { ContentLimits } from '../../versions';
import type { RefusedChange, StoredChange } from './change';
import { selectFiles } from './select-files';

export interface CollectOptions {
  sandbox: Pick<Sandbox, 'list' | 'readFile'>;
  /** The files that the run began with. */
  version: readonly VersionFile[];
  blobs: Pick<BlobStore, 'put' | 'putAll'>;
  limits: ContentLimits;
  /** Aborted when there is no more time: what was found until then is answered. */
  signal: AbortSignal;
  /** Takes secrets out of what is stored; what was there before is compared as it is. */
  mask: Pick<SecretMask, 'text' | 'bytes' | 'byteStream'>;
  /** Told why a file cannot be read. */
  onError(error: unknown): void;
}

export interface CollectedChanges {
  changes: StoredChange[];
  refused: RefusedChange[];
  /** False when time ran out before all files had been looked into. */
  complete: boolean;
}

/** Files up to this size are stored many to a statement; at most so many bytes of them wait for it. */
const SMALL_FILE_BYTES = 256 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Most of the time is spent in waiting for the file system. */
const FILES_AT_ONCE = 16;

/**
 * Compares the skill's folder in a sandbox with the version that it was made from, and stores the content of what is new or other. Nothing
 * must run in the sandbox any more. Rejects when the folder cannot be listed at all; a file that cannot be read is refused.
 */
export async function collectChanges(options: CollectOptions): Promise<CollectedChanges> {
  const { sandbox, version, signal } = options;
  const listed = await orAborted(sandbox.list(sandboxFolders.skill), signal);
  const { files, refused, removed } = selectFiles(listed, options);
  const known = new Map(version.map((file) => [file.path, file]));
  const collector = new Collector(options);
  let complete = true;
  const look = async (entry: SandboxEntry): Promise<void> => {
    try {
      await collector.look(entry, known.get(entry.path));
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error);
      refused.push({ path: entry.path, reason: `${JSON.stringify(entry.path)} cannot be read.` });
    }
  };
  for (const group of inBatches(files, FILES_AT_ONCE)) {
    complete &&= !signal.aborted;
    if (complete) await Promise.all(group.map(look));
  }
  complete &&= !signal.aborted;
  const gone = removed.map((file): StoredChange => ({ path: file.path, ...removal(file) }));
  const changes = [...(await collector.finish()), ...gone];
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), refused, complete };
}

function removal({ digest, size }: VersionFile): Pick<StoredChange, 'change' | 'before' | 'after'> {
  return { change: 'removed', before: { digest, size }, after: null };
}

async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('There was no time.')), { once: true });
  });
  signal.throwIfAborted();
  return Promise.race([work, aborted]);
}

/** Looks into one file after the other. */
class Collector {
  readonly #options: CollectOptions;
  readonly #changes: StoredChange[] = [];
  #batch: { entry: SandboxEntry; before: VersionFile | undefined; content: Buffer }[] = [];
  #batchBytes = 0;

  constructor(options: CollectOptions) {
    this.#options = options;
  }

  async look(entry: SandboxEntry, before: VersionFile | undefined): Promise<void> {
    if (entry.size <= SMALL_FILE_BYTES) return this.#lookAtSmall(entry, before);
    if (before?.size === entry.size && (await this.#digest(entry)) === before.digest) {
      this.#addMode(entry, before);
      return;
    }
    const { blobs, limits, mask } = this.#options;
    const stored = await blobs.put(mask.byteStream(await this.#open(entry)), {
      limit: limits.maxFileBytes,
    });
    this.#add(entry, before, stored);
  }

  async finish(): Promise<StoredChange[]> {
    await this.#flush();
    return this.#changes;
  }

  async #lookAtSmall(entry: SandboxEntry, before: VersionFile | undefined): Promise<void> {
    const content = await read(await this.#open(entry), this.#options.limits.maxFileBytes);
    if (before && createHash('sha256').update(content).digest('hex') === before.digest) {
      this.#addMode(entry, before);
      return;
    }
    const masked = this.#options.mask.bytes(content);
    this.#batch.push({ entry, before, content: masked });
    this.#batchBytes += masked.length;
    if (this.#batchBytes >= BATCH_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    if (batch.length === 0) return;
    const stored = await this.#options.blobs.putAll(batch.map(({ content }) => content));
    batch.forEach(({ entry, before }, index) => this.#add(entry, before, stored[index]!));
  }

  async #open(entry: SandboxEntry): Promise<Readable> {
    const content = await this.#options.sandbox.readFile(`${sandboxFolders.skill}/${entry.path}`);
    return addAbortSignal(this.#options.signal, content);
  }

  async #digest(entry: SandboxEntry): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of await this.#open(entry)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  #add({ path, executable }: SandboxEntry, before: VersionFile | undefined, after: StoredBlob): void {
    this.#changes.push({
      path,
      change: before ? 'modified' : 'added',
      before: before ? { digest: before.digest, size: before.size } : null,
      after: { digest: after.digest, size: after.size, executable },
    });
  }

  /** The same bytes: only whether it may be executed can differ. */
  #addMode(entry: SandboxEntry, before: VersionFile): void {
    if (entry.executable !== before.executable) this.#add(entry, before, before);
  }
}

/** All of a stream; a file that grew beyond `limit` since it was listed is refused. */
async function read(content: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new RangeError('The file has grown.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
