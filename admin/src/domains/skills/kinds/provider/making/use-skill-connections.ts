import type { ConnectionSummary, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../../../http/allowed';
import { useListConnectionsQuery } from '../../../../connections';
import { useListSkillTypesQuery } from '../api';

export interface SkillConnection extends ConnectionSummary {
  /** Undefined where the role may not see it. */
  lastTest?: ConnectionTestResult | null;
}

/**
 * The connections that can have provider skills. A role that may not see connections gets them from what they offer, which asks their
 * vendors and leaves out inactive ones.
 */
export function useSkillConnections() {
  const allowed = useAllowed();
  const listed = useListConnectionsQuery(
    { feature: 'skills', pageSize: 100 },
    { skip: !allowed.readConnections },
  );
  const offered = useListSkillTypesQuery({}, { skip: allowed.readConnections });
  const query = allowed.readConnections ? listed : offered;
  const connections = new Map<string, SkillConnection>();
  for (const connection of listed.data?.data ?? []) connections.set(connection.id, connection);
  for (const { connection } of [...(offered.data?.types ?? []), ...(offered.data?.failures ?? [])]) {
    if (!connections.has(connection.id)) connections.set(connection.id, connection);
  }
  return {
    connections: [...connections.values()],
    isLoading: query.isLoading,
    error: query.data ? undefined : query.error,
    refetch: query.refetch,
  };
}
