import type { Database } from '../../platform/database';
import { createConnectionList } from './repository/connection-list';
import { createConnectionReads } from './repository/connection-reads';
import { createConnectionWrites } from './repository/connection-writes';

export type { ConnectionFilter, ConnectionOrder } from './repository/connection-list';

export type ConnectionsRepository = ReturnType<typeof createConnectionsRepository>;

/** Connections' rows: those of the content type, read and written by knex. */
export function createConnectionsRepository(database: Database) {
  return {
    ...createConnectionReads(database),
    ...createConnectionList(database),
    ...createConnectionWrites(database),
  };
}
