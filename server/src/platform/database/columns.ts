import type { Knex } from 'knex';
import type { Dialect } from './database';

/** Bytes, up to 16 MiB: MySQL's plain blob ends at 64 KB. */
export function bytesColumn(
  table: Knex.CreateTableBuilder,
  name: string,
  dialect: Dialect,
): Knex.ColumnBuilder {
  return dialect === 'mysql' ? table.specificType(name, 'mediumblob') : table.binary(name);
}

/** Long text, and JSON as text: PostgreSQL's jsonb refuses `\u0000` and lone surrogates; MySQL's plain text ends at 64 KB. */
export function textColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.text(name, 'longtext');
}

/** Milliseconds since 1970, or a count that may pass 2³¹. Read it back with `Number`: node-pg and mysql2 answer strings. */
export function bigintColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.bigInteger(name);
}

/** Reads a bigint that may be absent. */
export function numberOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
