import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { testProviders } from '../support/connections';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const SECRET = 'memory-secret-Zx9';

describe('connections in the admin API', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let peer: MemoryPeer;

  beforeAll(async () => {
    peer = await startMemoryPeer({ apiKey: SECRET });
    app = await bootStrapi({
      config: { providers: testProviders, connections: { allowedPrivateHosts: ['127.0.0.1'] } },
    });
    ada = await app.admin();
  });
  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
  });

  it('makes one, and tests it with a real call', async () => {
    const created = await ada.agent.post('/skills/connections').send({
      name: 'Mémoire (EU)',
      provider: 'memory',
      settings: { apiKey: SECRET, baseUrl: peer.url },
    });
    expect(created.body).toMatchObject({ data: { alias: 'memoire-eu' } });
    const connection: Connection = created.body.data;
    const tested = await ada.agent.post(`/skills/connections/${connection.id}/tests`);
    expect(tested.body).toMatchObject({ data: { ok: true } });
    const providers = await ada.agent.get('/skills/providers').expect(200);
    expect(providers.body.data).toHaveLength(1);
    const models = await ada.agent.get(`/skills/connections/${connection.id}/models`);
    expect(models.body.data).toHaveLength(2);
  });
});
