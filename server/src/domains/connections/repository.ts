import type { Knex } from 'knex';
import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { inBatches, isDuplicate, type Database } from '../../platform/database';
import type { ConnectionRecord } from './connection-record';
import { connectionsTable } from './content-type';
import { aliasTaken } from './refusals';
import { connectionColumns, keyOf, toRecord, toRow, type ConnectionRow } from './repository/connection-row';

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

export type ConnectionsRepository = ReturnType<typeof createConnectionsRepository>;

/** Connections' rows: those of the content type, read and written by knex. */
export function createConnectionsRepository(database: Database) {
  return { ...createReads(database), ...createWrites(database) };
}

function createReads(database: Database) {
  return {
    async find(idOrAlias: string, { forUpdate = false } = {}): Promise<ConnectionRecord | undefined> {
      const rows = await database.run<ConnectionRow[]>((knex) => {
        const query = knex(connectionsTable)
          .where('document_id', idOrAlias)
          .orWhere('alias_key', keyOf(idOrAlias))
          .orderBy('id')
          .limit(2)
          .select(connectionColumns);
        return forUpdate ? query.forUpdate() : query;
      });
      // An alias may look like another connection's id; the id wins.
      const row = rows.find(({ document_id }) => document_id === idOrAlias) ?? rows[0];
      return row && toRecord(row);
    },

    async findMany(ids: readonly string[]): Promise<ConnectionRecord[]> {
      const rows: ConnectionRow[] = [];
      for (const batch of inBatches(ids)) {
        const found = await database.run<ConnectionRow[]>((knex) =>
          knex(connectionsTable).whereIn('document_id', batch).select(connectionColumns),
        );
        rows.push(...found);
      }
      return rows.map(toRecord);
    },

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

    async aliasExists(alias: string, exceptId?: string): Promise<boolean> {
      const row = await database.run((knex) => {
        const query = knex(connectionsTable).where('alias_key', keyOf(alias));
        return (exceptId === undefined ? query : query.whereNot('document_id', exceptId)).first('id');
      });
      return row !== undefined;
    },
  };
}

function createWrites(database: Database) {
  return {
    /** 409 `alias-taken`. */
    async insert(connection: ConnectionRecord): Promise<void> {
      const at = new Date(connection.createdAt);
      // Strapi sets `published_at` on every entry of a type without drafts.
      const times = { created_at: at, updated_at: at, published_at: at };
      await refusingTakenAlias(connection.alias, () =>
        database.run((knex) =>
          knex(connectionsTable).insert({ document_id: connection.id, ...toRow(connection), ...times }),
        ),
      );
    },

    /** Writes a connection over the revision that it was made from; false when that is not the stored one any more. 409 `alias-taken`. */
    async update(connection: ConnectionRecord, fromRevision: number): Promise<boolean> {
      const row = { ...toRow(connection), updated_at: new Date(connection.updatedAt) };
      const changed = await refusingTakenAlias(connection.alias, () =>
        database.run((knex) =>
          knex(connectionsTable).where({ document_id: connection.id, revision: fromRevision }).update(row),
        ),
      );
      return changed === 1;
    },

    /** Of a revision alone: what was tested may have been changed meanwhile. */
    async writeLastTest(id: string, revision: number, test: ConnectionTestResult): Promise<void> {
      const last_test = JSON.stringify(test);
      await database.run((knex) =>
        knex(connectionsTable).where({ document_id: id, revision }).update({ last_test }),
      );
    },

    async remove(id: string): Promise<void> {
      await database.run((knex) => knex(connectionsTable).where('document_id', id).delete());
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

async function refusingTakenAlias<Result>(alias: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error) ? aliasTaken(alias) : error;
  }
}
