import type { AgentDefaultsSave } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../http/errors';
import type { ConnectionsService } from '../connections';

/** What agents work with when they are told nothing else. */
export interface AgentChoice {
  connectionId: string | null;
  /** Of that connection; null leaves it to the connection. */
  model: string | null;
}

/**
 * What a person has chosen for agents: `lock` is called in the transaction that stores it, so that the connection is still there when it is
 * stored. `path` is where the choice stands in the request. 404 `connection-not-found`; 400 `capability-missing` when no model can be had
 * over it, and `connection-required` for a model of no connection; 409 `provider-missing`, `secret-unreadable`.
 */
export async function checkAgentChoice(
  connections: Pick<ConnectionsService, 'open' | 'lock'>,
  { connection, model }: AgentDefaultsSave,
  path: readonly string[],
): Promise<{ choice: AgentChoice; lock(): Promise<void> }> {
  if (connection === null) {
    if (model === null) return { choice: { connectionId: null, model }, lock: async () => undefined };
    throw new InvalidError('A model is had over a connection: choose one too.', {
      code: 'connection-required',
      path: [...path, 'connection'],
    });
  }
  // Opening asks no vendor; an inactive connection may be activated before it is needed.
  const opened = await connections.open(connection, {
    signal: new AbortController().signal,
    evenInactive: true,
  });
  opened.chat();
  return {
    choice: { connectionId: opened.id, model },
    lock: async () => void (await connections.lock(opened.id)),
  };
}
