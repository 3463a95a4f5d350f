import type { Knex } from 'knex';
import type { Database } from '../database';
import type { BlobReference, Digest } from './blob-store';
import { BLOBS_TABLE, CHUNKS_TABLE } from './blob-tables';

interface Condition {
  references: readonly BlobReference[];
  /** Milliseconds since 1970, by the database's clock. */
  before: number;
}

/**
 * Deletes at most `limit` blobs that no reference names and nobody touched since `before`, and answers how many. The delete
 * itself asks again what the search asked.
 */
export async function deleteUnreferenced(
  database: Database,
  condition: Condition,
  limit: number,
): Promise<number> {
  const found: Digest[] = await database.run((knex) =>
    unreferenced(knex(BLOBS_TABLE), condition).limit(limit).pluck('digest'),
  );
  if (found.length === 0) return 0;
  const digests = found.sort();
  return database.transaction(() =>
    database.run(async (knex) => {
      const deleted: number = await unreferenced(knex(BLOBS_TABLE), condition)
        .whereIn('digest', digests)
        .delete();
      await knex(CHUNKS_TABLE)
        .whereIn('digest', digests)
        .whereNotExists(rowsThatName(BLOBS_TABLE, 'digest', `${CHUNKS_TABLE}.digest`))
        .delete();
      return deleted;
    }),
  );
}

function unreferenced(query: Knex.QueryBuilder, { references, before }: Condition): Knex.QueryBuilder {
  query.where('touched_at', '<', before);
  for (const { table, column } of references) {
    query.whereNotExists(rowsThatName(table, column, `${BLOBS_TABLE}.digest`));
  }
  return query;
}

function rowsThatName(table: string, column: string, outer: string): (query: Knex.QueryBuilder) => void {
  return (query) => {
    query
      .select(1)
      .from(table)
      .whereRaw('?? = ??', [`${table}.${column}`, outer]);
  };
}
