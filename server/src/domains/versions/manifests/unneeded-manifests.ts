import type { Knex } from 'knex';
import type { Database } from '../../../platform/database';
import { ENTRIES_TABLE, MANIFESTS_TABLE, VERSIONS_TABLE } from '../migrations';

/** Manifests that one transaction deletes. */
const BATCH = 200;

/**
 * Deletes manifests that no version needs and no delta builds on, untouched since `before` (milliseconds since 1970), and
 * answers how many.
 */
export async function deleteUnneeded(database: Database, before: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const found = await findUnneeded(database, before);
    const count = found.length > 0 ? await deleteStillUnneeded(database, found, before) : 0;
    // A base is unneeded only once its last delta is gone, so there may be more after a full round.
    if (count === 0) return deleted;
    deleted += count;
  }
}

async function findUnneeded(database: Database, before: number): Promise<string[]> {
  return database.run((knex) =>
    knex(`${MANIFESTS_TABLE} as manifest`)
      .where('touched_at', '<', before)
      .whereNotExists(rowsThatName(`${VERSIONS_TABLE} as version`, 'version.digest', 'manifest.digest'))
      .whereNotExists(rowsThatName(`${MANIFESTS_TABLE} as delta`, 'delta.base_digest', 'manifest.digest'))
      .limit(BATCH)
      .pluck('digest'),
  );
}

function deleteStillUnneeded(
  database: Database,
  digests: readonly string[],
  before: number,
): Promise<number> {
  return database.transaction(() =>
    database.run(async (knex) => {
      // Whoever is about to need one touches it first: locked and untouched, it stays unneeded until we are done.
      const locked: string[] = await knex(MANIFESTS_TABLE)
        .whereIn('digest', [...digests].sort())
        .where('touched_at', '<', before)
        .orderBy('digest')
        .forUpdate()
        .pluck('digest');
      // MySQL cannot ask a table about itself while it deletes from it.
      const bases: string[] = await knex(MANIFESTS_TABLE)
        .whereIn('base_digest', locked)
        .forUpdate()
        .pluck('base_digest');
      const unneeded = locked.filter((digest) => !bases.includes(digest));
      const deleted: number = await knex(MANIFESTS_TABLE)
        .whereIn('digest', unneeded)
        .whereNotExists(rowsThatName(VERSIONS_TABLE, `${VERSIONS_TABLE}.digest`, `${MANIFESTS_TABLE}.digest`))
        .delete();
      await knex(ENTRIES_TABLE)
        .whereIn('manifest_digest', unneeded)
        .whereNotExists(
          rowsThatName(MANIFESTS_TABLE, `${MANIFESTS_TABLE}.digest`, `${ENTRIES_TABLE}.manifest_digest`),
        )
        .delete();
      return deleted;
    }),
  );
}

function rowsThatName(table: string, column: string, outer: string): (query: Knex.QueryBuilder) => void {
  return (query) => {
    query.select(1).from(table).whereRaw('?? = ??', [column, outer]);
  };
}
