import { inBatches, type Database } from '../../../platform/database';
import type { ConnectionRecord } from '../connection-record';
import { connectionsTable } from '../content-type';
import { connectionColumns, keyOf, toRecord, type ConnectionRow } from './connection-row';

export function createConnectionReads(database: Database) {
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

    async aliasExists(alias: string, exceptId?: string): Promise<boolean> {
      const row = await database.run((knex) => {
        const query = knex(connectionsTable).where('alias_key', keyOf(alias));
        return (exceptId === undefined ? query : query.whereNot('document_id', exceptId)).first('id');
      });
      return row !== undefined;
    },
  };
}
