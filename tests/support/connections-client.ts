import type supertest from 'supertest';
import type { Connection, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';

type Agent = ReturnType<typeof supertest.agent>;
export type Method = 'get' | 'post' | 'put' | 'delete';

interface ClientOptions {
  /** Who asks, unless a request says. */
  agent: () => Agent;
  /** Of connections to the memory provider, unless a test says. */
  settings: () => object;
  /** Takes the text of every answer. */
  heard: string[];
}

/** The admin API of connections, as its tests ask it: each request says the status that it expects. */
export function connectionsClient({ agent, settings: usual, heard }: ClientOptions) {
  async function ask(method: Method, path: string, body: object | undefined, status: number, by = agent()) {
    const response = await by[method](`/skills${path}`).send(body);
    heard.push(response.text);
    expect([response.status, response.body.error ?? null]).toEqual([
      status,
      status < 400 ? null : expect.anything(),
    ]);
    return response;
  }

  let serial = 0;

  return {
    ask,

    async problem(...request: Parameters<typeof ask>) {
      const { body } = await ask(...request);
      return body.error as { message: string; details: Record<string, unknown> };
    },

    async create(wanted: object = {}, settings: object = {}): Promise<Connection> {
      serial += 1;
      const name = `Connection ${serial}`;
      const body = { name, provider: 'memory', settings: { ...usual(), ...settings }, ...wanted };
      return (await ask('post', '/connections', body, 201)).body.data;
    },

    async read(idOrAlias: string): Promise<Connection> {
      return (await ask('get', `/connections/${idOrAlias}`, undefined, 200)).body.data;
    },

    async change({ id, revision }: Connection, change: object): Promise<Connection> {
      return (await ask('put', `/connections/${id}`, { revision, ...change }, 200)).body.data;
    },

    async test(id: string): Promise<ConnectionTestResult> {
      return (await ask('post', `/connections/${id}/tests`, {}, 200)).body.data;
    },
  };
}
