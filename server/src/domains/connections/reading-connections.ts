import { filterOf, orderOf, providersWith } from './connection-query';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService } from './connections-service';
import type { Presentation } from './presentation';
import { connectionMissing } from './refusals';

type Reading = Pick<
  ConnectionsService,
  'get' | 'find' | 'list' | 'summaries' | 'withFeature' | 'aliasExists' | 'lock'
>;

/** Finding and listing connections. */
export function createReading(context: ConnectionsContext, { json, summary }: Presentation): Reading {
  const { repository, providers } = context;

  async function find(idOrAlias: string) {
    const connection = await repository.find(idOrAlias);
    return connection && json(connection);
  }

  return {
    find,

    async get(idOrAlias) {
      const connection = await find(idOrAlias);
      if (!connection) throw connectionMissing();
      return connection;
    },

    async list(query) {
      const filter = filterOf(query, providers);
      const connections = await repository.page(filter, orderOf(query.sort), query);
      return { connections: connections.map(json), total: await repository.count(filter) };
    },

    async summaries(ids) {
      const connections = await repository.findMany([...new Set(ids)]);
      return new Map(connections.map((connection) => [connection.id, summary(connection)]));
    },

    async lock(idOrAlias) {
      const connection = await repository.find(idOrAlias, { forUpdate: true });
      if (!connection) throw connectionMissing();
      return summary(connection);
    },

    async withFeature(feature) {
      const filter = { active: true, providers: providersWith({ feature }, providers) };
      const connections = await repository.page(filter, { by: 'name', descending: false }, 'all');
      return connections.map(summary);
    },

    aliasExists: (alias, exceptId) => repository.aliasExists(alias, exceptId),
  };
}
