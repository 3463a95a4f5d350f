import type { Dialect } from './database';

const expressions: Record<Dialect, string> = {
  sqlite: `cast(round((julianday('now') - 2440587.5) * 86400000) as integer)`,
  // now() would stand still within a transaction.
  postgres: `cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)`,
  // unix_timestamp(now(3)) would be an hour off while the session's time zone leaves daylight saving time.
  mysql: `timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(3)) div 1000`,
};

/** SQL for milliseconds since 1970 by the database's own clock. */
export function clockOf(dialect: Dialect): string {
  return expressions[dialect];
}
