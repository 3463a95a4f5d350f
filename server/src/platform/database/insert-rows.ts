import type { Knex } from 'knex';
import type { Database, Dialect } from './database';

export type Row = Record<string, string | number | boolean | Buffer | null | Knex.Raw>;

/** One statement's worth: PostgreSQL numbers its parameters with 16 bits, SQLite takes 32,766. */
const MAX_PARAMETERS = 30_000;

/** Bytes of values in one statement: mysql2 writes bytes as hex, and MySQL's default packet was long 4 MiB. */
const MAX_BYTES = 1024 * 1024;

export interface InsertOptions {
  /** Columns of a unique key: rows whose key exists already are passed over. */
  ignoreDuplicatesOf?: readonly string[];
  /** Columns that are overwritten on rows whose key (`ignoreDuplicatesOf`) exists already. */
  update?: readonly string[];
}

/**
 * Inserts rows in as few statements as every database's limits allow. Rows must all have the same columns. The statement is
 * written here: knex's own would take longer to build than the database to execute, and joins SQLite's rows by `union all`.
 */
export async function insertRows(
  database: Database,
  table: string,
  rows: readonly Row[],
  options: InsertOptions = {},
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const placeholders = `(${columns.map(() => '?').join(',')})`;
  const conflict = onConflict(database.dialect, options);
  for (const batch of batchesOf(rows)) {
    const values = batch.map(() => placeholders).join(',');
    const sql = `insert into ?? (${columns.map(() => '??').join(',')}) values ${values} ${conflict.sql}`;
    const bindings = batch.flatMap((row) => columns.map((column) => row[column]!));
    await database.run((knex) => knex.raw(sql, [table, ...columns, ...bindings, ...conflict.names]));
  }
}

/** What to do with rows whose key exists, and the names in it. */
function onConflict(
  dialect: Dialect,
  { ignoreDuplicatesOf: key, update }: InsertOptions,
): { sql: string; names: string[] } {
  if (!key) return { sql: '', names: [] };
  if (dialect === 'mysql') {
    // `insert ignore` would also ignore values that do not fit; writing the key over itself changes nothing.
    const columns = update ?? key;
    const sql = `on duplicate key update ${columns.map(() => '?? = values(??)').join(',')}`;
    return { sql, names: columns.flatMap((column) => [column, column]) };
  }
  const names = [...key];
  const target = `on conflict (${key.map(() => '??').join(',')})`;
  if (!update) return { sql: `${target} do nothing`, names };
  const sql = `${target} do update set ${update.map(() => '?? = excluded.??').join(',')}`;
  return { sql, names: [...names, ...update.flatMap((column) => [column, column])] };
}

function* batchesOf(rows: readonly Row[]): Generator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = bytesOf(row);
    const parameters = (batch.length + 1) * Object.keys(row).length;
    if (parameters > MAX_PARAMETERS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function bytesOf(row: Row): number {
  let bytes = 0;
  for (const value of Object.values(row)) {
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
    else if (Buffer.isBuffer(value)) bytes += value.length;
    else bytes += 8;
  }
  return bytes;
}
