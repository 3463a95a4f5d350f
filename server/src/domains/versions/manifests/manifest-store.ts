import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../../platform/blob-store';
import type { Database } from '../../../platform/database';
import { applyChanges, changesBetween, type Change } from './delta';
import { manifestOf, type Manifest } from './manifest';
import { findManifest, insertManifest, readEntries, touchManifest } from './repository';
import { deleteUnneeded } from './unneeded-manifests';

/** A manifest is stored as changes while they are fewer than this share of its files. */
const DELTA_SHARE = 1 / 4;

export interface ManifestStore {
  /** Rejects with a plain error when there is none: whoever holds a digest holds a version that needs it. */
  read(digest: string): Promise<Manifest>;
  /**
   * Stores a manifest whose blobs are stored, as the changes to what `parentDigest` is based on where that is smaller. Joins
   * the open transaction. Storing one that exists keeps it from the collector. `stored` are the blobs that were put for it.
   */
  save(
    manifest: Manifest,
    options: { parentDigest: string | null; stored: ReadonlySet<string> },
  ): Promise<void>;
  /** Deletes manifests that no version and no other manifest needs, untouched since `before` (ms since 1970). */
  collect(before: number): Promise<number>;
}

export function createManifestStore(dependencies: { database: Database; blobs: BlobStore }): ManifestStore {
  const { database, blobs } = dependencies;
  return {
    read: async (digest) => manifestOf(await readFiles(database, digest)),

    async save(manifest, { parentDigest, stored }) {
      await database.transaction(async () => {
        const { digest } = manifest;
        // The search comes first: a touch of what is not there would make MySQL lock the gap that others insert into.
        if ((await findManifest(database, digest)) && (await touchManifest(database, digest))) return;
        const { baseDigest, changes } = await changesToStore(database, manifest, parentDigest);
        const row = { digest, baseDigest, fileCount: manifest.files.length, size: manifest.size };
        while (!(await insertManifest(database, row, changes))) {
          // Somebody stored the same meanwhile, unless the collector took it between the two statements.
          if (await touchManifest(database, digest)) return;
        }
        await keepBlobs(blobs, changes, stored);
      });
    },

    collect: (before) => deleteUnneeded(database, before),
  };
}

async function readFiles(database: Database, digest: string): Promise<VersionFile[]> {
  const row = await findManifest(database, digest);
  if (!row) throw new Error(`The manifest ${digest} is not stored.`);
  const layers = row.baseDigest ? [row.baseDigest, digest] : [digest];
  const entries = await readEntries(database, layers);
  return layers.reduce<VersionFile[]>((files, layer) => applyChanges(files, entries.get(layer) ?? []), []);
}

/** The changes to a manifest that is stored whole, which is then kept from the collector; or all files, if none is near. */
async function changesToStore(
  database: Database,
  { files }: Manifest,
  parentDigest: string | null,
): Promise<{ baseDigest: string | null; changes: Change[] }> {
  const whole = { baseDigest: null, changes: files.map((file) => ({ path: file.path, file })) };
  const parent = parentDigest === null ? undefined : await findManifest(database, parentDigest);
  if (!parent) return whole;
  const baseDigest = parent.baseDigest ?? parent.digest;
  const changes = changesBetween(await readFiles(database, baseDigest), files);
  if (changes.length >= files.length * DELTA_SHARE) return whole;
  return (await touchManifest(database, baseDigest, { wholeOnly: true })) ? { baseDigest, changes } : whole;
}

/** Blobs that this manifest takes over from others might be losing their last reference just now. */
async function keepBlobs(
  blobs: BlobStore,
  changes: readonly Change[],
  stored: ReadonlySet<string>,
): Promise<void> {
  const takenOver = changes.flatMap(({ file }) => (file && !stored.has(file.digest) ? [file.digest] : []));
  if (takenOver.length === 0) return;
  const missing = await blobs.touch(takenOver);
  if (missing.length > 0) throw new Error(`Blobs of a manifest are missing: ${missing.join(', ')}.`);
}
