import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { isDuplicate, type Database } from '../../../platform/database';
import type { ConnectionRecord } from '../connection-record';
import { connectionsTable } from '../content-type';
import { aliasTaken } from '../refusals';
import { toRow } from './connection-row';

export function createConnectionWrites(database: Database) {
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

async function refusingTakenAlias<Result>(alias: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error) ? aliasTaken(alias) : error;
  }
}
