import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { useListChatConnectionsQuery } from '../api';

/** A model over a connection. Empty: no connection is chosen; the connection's own choice of a model. */
export interface ModelChoice {
  connection: string;
  model: string;
}

export interface ChatConnections {
  connections: readonly Connection[];
  /** Whether they are known: not before they came, and not for a role that may not see them. */
  known: boolean;
  isLoading: boolean;
  /** Why they could not be read; `refetch` tries again. */
  error: unknown;
  refetch: () => void;
  /** As many as there are beyond those that are listed; 0 nearly always. */
  unlisted: number;
}

/** The connections that can be used for chat now: active, their adapters installed. */
export function useChatConnections({ skip }: { skip: boolean }): ChatConnections {
  const { data, error, isLoading, refetch } = useListChatConnectionsQuery(undefined, { skip });
  return {
    connections: (data?.rows ?? []).filter(({ provider }) => provider.installed),
    known: data !== undefined,
    isLoading: !skip && isLoading,
    error: data === undefined && !skip ? error : undefined,
    refetch: () => void refetch(),
    unlisted: data ? data.total - data.rows.length : 0,
  };
}
