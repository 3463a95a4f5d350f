import type { Knex } from 'knex';

/** How many rows a query matches; drivers answer counts as numbers or as strings. */
export async function countRows(query: Knex.QueryBuilder): Promise<number> {
  const row: { total: number | string } | undefined = await query.count({ total: '*' }).first();
  return Number(row?.total ?? 0);
}
