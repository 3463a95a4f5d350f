import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { useListConnectionsQuery } from '../api';

/** A model over a connection. Empty: no connection is chosen; the connection's own choice of a model. */
export interface ModelChoice {
  connection: string;
  model: string;
}

/** As many as a page of their list has. */
const request = { capability: 'chat', active: 'true', sort: 'name:asc', pageSize: 100 };

interface ChatConnections {
  connections: readonly Connection[];
  /** Whether they are known: not before they came, and not for a role that may not see them. */
  known: boolean;
  isLoading: boolean;
}

/** The connections that can be used for chat now: active, their adapters installed. */
export function useChatConnections({ skip }: { skip: boolean }): ChatConnections {
  const { data, isLoading } = useListConnectionsQuery(request, { skip });
  return {
    connections: (data?.data ?? []).filter(({ provider }) => provider.installed),
    known: data !== undefined,
    isLoading: !skip && isLoading,
  };
}
