import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { connectionUnusable } from './refusals';
import type { SkillRecord } from './skill-record';
import type { SkillsContext } from './skills-context';

type Connections = Pick<SkillsContext['connections'], 'summaries'>;

/**
 * An active skill needs an active connection, for what is edited and for what agents are served. 400 `connection-inactive`,
 * `connection-missing`.
 */
export function refuseInactiveConnections(
  connections: Connections,
  skills: readonly Pick<SkillRecord, 'binding' | 'published'>[],
  path: readonly string[],
): Promise<void> {
  const ids = skills.flatMap(({ binding, published }) => [binding?.connectionId, published?.connectionId]);
  return refuse(connections, ids, path);
}

/** The same for one version of an active skill. */
export function refuseInactiveConnection(
  connections: Connections,
  { provider }: SkillMetadata,
  path: readonly string[],
): Promise<void> {
  return refuse(connections, [provider?.connectionId], path);
}

async function refuse(
  connections: Connections,
  ids: readonly (string | null | undefined)[],
  path: readonly string[],
): Promise<void> {
  const named = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (named.length === 0) return;
  const known = await connections.summaries(named);
  for (const id of named) {
    const connection = known.get(id);
    if (!connection?.active) throw connectionUnusable(connection?.name, path);
  }
}

/**
 * In the open transaction: until it ends, nobody deletes or deactivates the connection that this content will use. 404
 * `connection-not-found`, 400 `connection-inactive`.
 */
export async function lockConnection(
  { connections }: { connections: Pick<SkillsContext['connections'], 'lock'> },
  { provider }: SkillMetadata,
  active: boolean,
): Promise<void> {
  if (!provider) return;
  const connection = await connections.lock(provider.connectionId);
  if (active && !connection.active) throw connectionUnusable(connection.name, ['connection']);
}
