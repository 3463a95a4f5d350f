import type { Caller } from '../support/callers';
import { createConnection, testProviders } from '../support/connections';
import type { Method } from '../support/connections-client';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

describe('the admin API of connections', () => {
  let app: BootedStrapi;
  let peer: MemoryPeer;
  beforeAll(async () => {
    peer = await startMemoryPeer();
    const connections = { allowedPrivateHosts: ['127.0.0.1'] };
    app = await bootStrapi({ config: { providers: testProviders, connections } });
  });
  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
  });

  const statusOf = async (
    agent: Caller['agent'],
    method: Method,
    path: string,
    body: object | undefined,
  ): Promise<number> => (await agent[method](`/skills${path}`).send(body)).status;

  it('is open to those with the permission alone', async () => {
    const settings = { apiKey: 'key', baseUrl: peer.url };
    const { id, revision } = await createConnection(app.strapi, { settings });
    const requests: [string, Method, string, object | undefined, number][] = [
      ['connections.read', 'get', '/connections', undefined, 200],
      ['connections.read', 'get', `/connections/${id}`, undefined, 200],
      ['connections.read', 'get', `/connections/${id}/users`, undefined, 200],
      ['connections.read', 'get', '/connections/alias-exists?alias=x', undefined, 200],
      ['connections.read', 'get', '/environment-variables', undefined, 200],
      ['connections.create', 'post', '/connection-tests', { provider: 'nobody' }, 404],
      ['connections.create', 'post', '/connections', { name: 'x', provider: 'nobody' }, 404],
      ['connections.update', 'post', `/connections/${id}/tests`, {}, 200],
      ['runs.start', 'get', `/connections/${id}/models`, undefined, 200],
      ['connections.update', 'put', `/connections/${id}`, { revision, name: 'Allowed' }, 200],
      ['connections.read', 'get', '/agent-defaults', undefined, 200],
      ['connections.update', 'put', '/agent-defaults', { connection: null, model: null }, 200],
      ['connections.delete', 'delete', `/connections/${id}`, undefined, 204],
    ];
    const permissions = [...new Set(requests.map(([permission]) => permission))];
    const callers = new Map<string, [Caller, Caller]>();
    for (const permission of permissions) {
      const others = permissions.filter((other) => other !== permission);
      callers.set(permission, [await app.admin([permission]), await app.admin(others)]);
    }
    for (const [permission, method, path, body, status] of requests) {
      const [allowed, forbidden] = callers.get(permission)!;
      expect(await statusOf(forbidden.agent, method, path, body)).toBe(403);
      expect(await statusOf(app.anonymous, method, path, body)).toBe(401);
      expect(await statusOf(allowed.agent, method, path, body)).toBe(status);
    }
  });
});
