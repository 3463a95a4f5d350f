import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { ChatConnections } from './use-chat-connections';

type Choice = Pick<Connection, 'id' | 'name'>;

/**
 * What a connection is chosen from: those that can be used, and the stored one. One that is stored and cannot be used any more stays
 * until it is replaced, under the name that `unusable` gives it; whether it can be used is not known of one that was not listed.
 */
export function connectionChoices(
  {
    connections,
    known,
    unlisted,
  }: Pick<ChatConnections, 'known' | 'unlisted'> & { connections: readonly Choice[] },
  stored: Choice | null,
  unusable: (name: string) => string,
): readonly Choice[] {
  if (!stored || connections.some(({ id }) => id === stored.id)) return connections;
  const name = known && unlisted === 0 ? unusable(stored.name) : stored.name;
  return [...connections, { id: stored.id, name }];
}
