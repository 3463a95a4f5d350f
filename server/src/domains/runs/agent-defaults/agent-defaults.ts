import type { Core } from '@strapi/types';
import type { AgentDefaults, AgentDefaultsSave, ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import type { Database } from '../../../platform/database';
import type { ConnectionsService } from '../../connections';
import { checkAgentChoice, type AgentChoice } from '../../skills';

/** What agents of this installation work with when neither the request nor the skill says so. */
export interface AgentDefaultsService {
  /** As it is stored, for whoever starts a run. */
  choice(): Promise<AgentChoice>;
  get(): Promise<AgentDefaults>;
  /** Rejects as `checkAgentChoice` does. */
  save(change: AgentDefaultsSave): Promise<AgentDefaults>;
  /** The defaults themselves, when they name the connection. */
  usersOfConnection(connectionId: string): Promise<ConnectionUser[]>;
}

export interface AgentDefaultsOptions {
  store: Pick<Core.Strapi['store'], 'get' | 'set'>;
  database: Pick<Database, 'transaction'>;
  connections: Pick<ConnectionsService, 'open' | 'lock' | 'summaries'>;
}

const key = { type: 'plugin', name: 'skills', key: 'agent-defaults' } as const;
const storedSchema = z.object({ connectionId: z.string().nullable(), model: z.string().nullable() });

/** They are one entry of Strapi's own store: there is nothing to list, and no history. */
export function createAgentDefaults({
  store,
  database,
  connections,
}: AgentDefaultsOptions): AgentDefaultsService {
  async function choice(): Promise<AgentChoice> {
    const stored = storedSchema.safeParse(await store.get(key));
    return stored.success ? stored.data : { connectionId: null, model: null };
  }

  async function present({ connectionId, model }: AgentChoice): Promise<AgentDefaults> {
    if (connectionId === null) return { connection: null, model };
    const connection = (await connections.summaries([connectionId])).get(connectionId);
    if (!connection) return { connection: null, model: null };
    const { id, name, active } = connection;
    return { connection: { id, name, active }, model };
  }

  return {
    choice,
    get: async () => present(await choice()),

    async save(change) {
      const { choice: chosen, lock } = await checkAgentChoice(connections, change, []);
      await database.transaction(async () => {
        await lock();
        await store.set({ ...key, value: chosen });
      });
      return present(chosen);
    },

    async usersOfConnection(connectionId) {
      const { connectionId: used } = await choice();
      if (used !== connectionId) return [];
      const path = '/plugins/skills/connections';
      return [{ kind: 'agent-defaults', id: 'agent-defaults', name: 'Agents', path }];
    },
  };
}
