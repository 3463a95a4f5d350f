import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { insertIfAbsent, insertRows, type Database } from '../../../platform/database';
import { ENTRIES_TABLE, MANIFESTS_TABLE } from '../migrations';
import type { Change } from './delta';

/* Tables `skills_manifests` and `skills_manifest_entries`. A manifest and its entries are written in one transaction. */

export interface ManifestRow {
  digest: string;
  /** The manifest that this one's entries are changes to; null when they are all its files. */
  baseDigest: string | null;
}

interface EntryRow {
  manifest_digest: string;
  path: string;
  blob_digest: string | null;
  size: string | number;
  executable: boolean | number;
}

export async function findManifest(database: Database, digest: string): Promise<ManifestRow | undefined> {
  const row = await database.run((knex) =>
    knex<{ digest: string; base_digest: string | null }>(MANIFESTS_TABLE)
      .where({ digest })
      .first('digest', 'base_digest'),
  );
  return row && { digest: row.digest, baseDigest: row.base_digest };
}

/** The entries of several manifests, by one statement; each manifest's in the order they were written. */
export async function readEntries(
  database: Database,
  digests: readonly string[],
): Promise<Map<string, Change[]>> {
  const rows = await database.run((knex) =>
    knex<EntryRow>(ENTRIES_TABLE)
      .select('manifest_digest', 'path', 'blob_digest', 'size', 'executable')
      .whereIn('manifest_digest', digests)
      .orderBy(['manifest_digest', 'n']),
  );
  const entries = new Map<string, Change[]>(digests.map((digest) => [digest, []]));
  for (const row of rows) entries.get(row.manifest_digest)?.push(changeOf(row));
  return entries;
}

/** Keeps the collector away; false when there is no such manifest. `wholeOnly` passes over those stored as changes. */
export async function touchManifest(
  database: Database,
  digest: string,
  { wholeOnly = false } = {},
): Promise<boolean> {
  const touched = await database.run((knex) => {
    const query = knex(MANIFESTS_TABLE).where({ digest });
    if (wholeOnly) query.whereNull('base_digest');
    return query.update({ touched_at: database.now() });
  });
  return touched === 1;
}

/** Writes a manifest unless it exists; answers whether it did. */
export async function insertManifest(
  database: Database,
  manifest: ManifestRow & { fileCount: number; size: number },
  changes: readonly Change[],
): Promise<boolean> {
  const row = {
    digest: manifest.digest,
    base_digest: manifest.baseDigest,
    file_count: manifest.fileCount,
    size: manifest.size,
    created_at: database.now(),
    touched_at: database.now(),
  };
  if (!(await insertIfAbsent(database, MANIFESTS_TABLE, row, 'digest'))) return false;
  await insertRows(
    database,
    ENTRIES_TABLE,
    changes.map((change, n) => entryOf(manifest.digest, n, change)),
  );
  return true;
}

function changeOf(row: EntryRow): Change {
  if (row.blob_digest === null) return { path: row.path, file: null };
  const file: VersionFile = {
    path: row.path,
    digest: row.blob_digest,
    size: Number(row.size),
    executable: Boolean(row.executable),
  };
  return { path: row.path, file };
}

function entryOf(manifestDigest: string, n: number, { path, file }: Change) {
  return {
    manifest_digest: manifestDigest,
    n,
    path,
    blob_digest: file?.digest ?? null,
    size: file?.size ?? 0,
    executable: file?.executable ?? false,
  };
}
