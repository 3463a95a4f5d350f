import type { ConnectedProvider, LoadedProvider } from '../providers';
import type { ConnectionRecord } from './connection-record';
import type { ConnectionsContext } from './connections-context';
import type { OpenConnection, OpenOptions } from './connections-service';
import { connectionInactive, connectionMissing, providerMissing } from './refusals';
import { revealed } from './settings/stored-settings';

/** What opens connections, for the parts of the service that speak to vendors. */
export interface Opening {
  /** Rejects with 404 `connection-not-found`. */
  get(idOrAlias: string): Promise<ConnectionRecord>;
  /** See `ConnectionsService.open`. */
  open(connection: ConnectionRecord, options: OpenOptions): Promise<OpenConnection>;
  connect(provider: LoadedProvider, settings: unknown, signal: AbortSignal): ConnectedProvider;
}

export function createOpening(context: ConnectionsContext): Opening {
  function connect(provider: LoadedProvider, settings: unknown, signal: AbortSignal): ConnectedProvider {
    return provider.connect(settings, { signal, fetch: context.fetch, log: context.logOf(provider.id) });
  }

  return {
    connect,

    async get(idOrAlias) {
      const connection = await context.repository.find(idOrAlias);
      if (!connection) throw connectionMissing();
      return connection;
    },

    async open({ id, alias, name, active, providerId, ...connection }, { signal, evenInactive = false }) {
      const provider = context.providers.find(providerId);
      if (!provider) throw providerMissing(name, connection.providerName);
      if (!active && !evenInactive) throw connectionInactive(name);
      const complete = revealed(id, connection.settings, context.reader);
      const settings = await provider.settings.validate(complete, ['settings']);
      return { ...connect(provider, settings, signal), id, alias, name };
    },
  };
}
