import type { ConnectionListQuery } from 'strapi-plugin-skills-shared/contracts';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService } from './connections-service';
import type { Presentation } from './presentation';
import { connectionMissing } from './refusals';
import type { ConnectionFilter, ConnectionOrder } from './repository';

type Reading = Pick<
  ConnectionsService,
  'get' | 'find' | 'list' | 'summaries' | 'withFeature' | 'aliasExists' | 'lock'
>;

/** Finding and listing connections. */
export function createReading(context: ConnectionsContext, { json, summary }: Presentation): Reading {
  const { repository, providers } = context;

  /** Ids of the installed providers with a capability and a feature, where these are asked for. */
  function providersWith({ capability, feature }: { capability?: string; feature?: string }): string[] {
    return providers
      .list()
      .filter(({ state }) => state === 'loaded')
      .filter(
        ({ capabilities }) => capability === undefined || capabilities.some(({ id }) => id === capability),
      )
      .filter(
        ({ capabilities }) =>
          feature === undefined ||
          capabilities.some(({ features }) => features.some(({ id }) => id === feature)),
      )
      .flatMap(({ id }) => id ?? []);
  }

  function filterOf({ _q, active, provider, capability, feature }: ConnectionListQuery): ConnectionFilter {
    const isNarrowed = capability !== undefined || feature !== undefined;
    const able = isNarrowed ? providersWith({ capability, feature }) : undefined;
    const named = provider === undefined ? undefined : [provider];
    const both = named && able ? named.filter((id) => able.includes(id)) : (named ?? able);
    return { search: _q, active, providers: both };
  }

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
      const filter = filterOf(query);
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
      const filter = { active: true, providers: providersWith({ feature }) };
      const connections = await repository.page(filter, { by: 'name', descending: false }, 'all');
      return connections.map(summary);
    },

    aliasExists: (alias, exceptId) => repository.aliasExists(alias, exceptId),
  };
}

/** `name:desc`, as the query's schema lets it through. */
function orderOf(sort: string): ConnectionOrder {
  const [by, direction = 'asc'] = sort.split(':');
  const words = ['name', 'provider', 'createdAt', 'updatedAt'] as const;
  return {
    by: words.find((word) => word.toLowerCase() === by?.toLowerCase()) ?? 'name',
    descending: direction.toLowerCase() === 'desc',
  };
}
