import type { Knex } from 'knex';
import type { Database } from '../../../platform/database';
import type { ConnectionRecord } from '../connection-record';
import { connectionsTable } from '../content-type';
import { connectionColumns, toRecord, type ConnectionRow } from './connection-row';

/** What a list of connections is narrowed by. Of `search`, each word must occur in name or alias. */
export interface ConnectionFilter {
  search?: string;
  active?: boolean;
  /** Ids of providers, any of which it may be. */
  providers?: readonly string[];
}

export interface ConnectionOrder {
  by: 'name' | 'provider' | 'createdAt' | 'updatedAt';
  descending: boolean;
}

const MAX_WORDS = 8;

const orderColumns: Record<ConnectionOrder['by'], string> = {
  name: 'name_key',
  provider: 'provider_id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

export function createConnectionList(database: Database) {
  return {
    async page(
      filter: ConnectionFilter,
      order: ConnectionOrder,
      at: { page: number; pageSize: number } | 'all',
    ): Promise<ConnectionRecord[]> {
      const direction = order.descending ? 'desc' : 'asc';
      const rows = await database.run<ConnectionRow[]>((knex) => {
        const query = narrowed(knex, filter)
          .orderBy(orderColumns[order.by], direction)
          .orderBy('id', direction)
          .select(connectionColumns);
        return at === 'all' ? query : query.limit(at.pageSize).offset((at.page - 1) * at.pageSize);
      });
      return rows.map(toRecord);
    },

    async count(filter: ConnectionFilter): Promise<number> {
      const [row] = await database.run<{ total: string | number }[]>((knex) =>
        narrowed(knex, filter).count({ total: '*' }),
      );
      return Number(row?.total ?? 0);
    },
  };
}

function narrowed(knex: Knex, { search, active, providers }: ConnectionFilter): Knex.QueryBuilder {
  const query = knex(connectionsTable);
  if (active !== undefined) void query.where('active', active);
  if (providers) void query.whereIn('provider_id', [...providers]);
  for (const word of (search ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)) {
    const pattern = `%${word.replace(/[!%_]/g, '!$&')}%`;
    void query.whereRaw(`(?? like ? escape '!' or ?? like ? escape '!')`, [
      'name_key',
      pattern,
      'alias_key',
      pattern,
    ]);
  }
  return query;
}
