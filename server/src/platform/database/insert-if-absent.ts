import type { Database } from './database';
import type { Row } from './insert-rows';

/**
 * Inserts a row unless its key exists, and answers whether it did. A transaction that is inserting the same key is waited for.
 * An exception for the second writer would not do: PostgreSQL ends a transaction at its first error.
 */
export async function insertIfAbsent(
  database: Database,
  table: string,
  row: Row,
  key: string,
): Promise<boolean> {
  return database.run(async (knex) => {
    const insert = knex(table).insert(row).onConflict(key).ignore();
    if (database.dialect !== 'mysql') {
      const inserted: unknown[] = await insert.returning(key);
      return inserted.length === 1;
    }
    const { sql, bindings } = insert.toSQL().toNative();
    const [result]: { affectedRows: number }[] = await knex.raw(sql, [...bindings]);
    return result?.affectedRows === 1;
  });
}
