import type { Connection, ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { connectionsOf } from '../../server/src/domains/connections';
import {
  adapterManifest,
  adapterSource,
  makeAppWithAdapters,
  type AppWithAdapters,
} from '../support/adapter-packages';
import {
  bootStrapi,
  createTestDatabase,
  type BootedStrapi,
  type BootOptions,
  type TestDatabase,
} from '../support/strapi';

// @any-database: It is about waiting for vendors.
// @own-process: Strapi reads once a process what its app depends on.

const KEY = 'a-first-key-of-32-bytes-or-more-x';
const NEXT_KEY = 'a-second-key-of-32-bytes-or-more-x';

/** What becomes of connections when the app is started again with something changed. */
describe('connections from one boot to the next', () => {
  let files: AppWithAdapters;
  let database: TestDatabase;
  const adapter = { manifest: adapterManifest, files: { 'index.js': adapterSource('vendor') } };

  beforeEach(async () => {
    files = makeAppWithAdapters();
    // Strapi reads once a process what its app depends on.
    files.dependOn(['adapter-vendor', 'adapter-vendor-2']);
    files.install('adapter-vendor', adapter);
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await database?.drop();
    files?.remove();
  });

  async function during<Result>(
    config: BootOptions['config'],
    work: (app: BootedStrapi) => Promise<Result>,
  ): Promise<Result> {
    const app = await bootStrapi({ dir: files.dir, database, config });
    try {
      return await work(app);
    } finally {
      await app.destroy();
    }
  }

  const make = async (app: BootedStrapi, settings: object = { apiKey: 'a-secret' }): Promise<Connection> => {
    const { agent } = await app.admin();
    const body = { name: 'Vendor', provider: 'vendor', settings };
    return (await agent.post('/skills/connections').send(body).expect(201)).body.data;
  };
  const test = async (app: BootedStrapi): Promise<ConnectionTestResult> =>
    (await (await app.admin()).agent.post('/skills/connections/vendor/tests').send({}).expect(200)).body.data;

  // First, because Strapi keeps what one boot of a process has set in its admin's configuration.
  it('need a key only when a secret is to be stored, and then say what to set', async () => {
    const work = async (app: BootedStrapi) => {
      await make(app, {});
      const { agent } = await app.admin();
      const body = { name: 'With secret', provider: 'vendor', settings: { apiKey: 'a-secret' } };
      const refused = await agent.post('/skills/connections').send(body).expect(400);
      expect(refused.body.error).toMatchObject({
        message: expect.stringContaining('admin.secrets.encryptionKey'),
        details: { code: 'encryption-key-missing' },
      });
    };
    files.forgetEncryptionKey();
    await during({}, work);
  });

  it('stay readable when their adapter is gone, may be renamed and deleted, and cannot be used', async () => {
    const before = await during({}, (app) => make(app, { apiKey: 'a-secret', region: 'eu' }));
    expect(before.provider).toMatchObject({ displayName: 'The vendor', installed: true });
    files.uninstall('adapter-vendor');
    await during({}, async (app) => {
      const { agent } = await app.admin();
      const url = '/skills/connections/vendor';
      const { body } = await agent.get(url).expect(200);
      expect(body.data).toEqual({
        ...before,
        provider: { id: 'vendor', displayName: 'The vendor', icon: null, installed: false },
        capabilities: [],
        // Which fields there could be only the adapter knows; of what is stored, what is secret stays so.
        secrets: { apiKey: { source: 'stored' } },
      });
      expect(await test(app)).toMatchObject({ ok: false, code: 'provider-missing' });
      const opening = connectionsOf(app.strapi).open('vendor', { signal: new AbortController().signal });
      await expect(opening).rejects.toMatchObject({ details: { code: 'provider-missing' } });
      const models = await agent.get(`${url}/models`).expect(409);
      expect(models.body.error.details.code).toBe('provider-missing');
      const settings = await agent
        .put(url)
        .send({ revision: 1, settings: { region: 'us' } })
        .expect(409);
      expect(settings.body.error.details.code).toBe('provider-missing');
      expect(await connectionsOf(app.strapi).withFeature('skills')).toEqual([]);
      await agent.put(url).send({ revision: 1, name: 'Orphan', active: false }).expect(200);
      await agent.delete(url).expect(204);
    });
  });

  it('hide what a new version of the adapter calls a secret', async () => {
    await during({}, async (app) => {
      const connection = await make(app, { apiKey: 'a-secret', region: 'eu-key' });
      expect(connection.settings).toEqual({ region: 'eu-key' });
    });
    // Of another name, because the process keeps what it has loaded once.
    files.uninstall('adapter-vendor');
    files.install('adapter-vendor-2', {
      manifest: adapterManifest,
      files: {
        'index.js': adapterSource('vendor').replace(
          "region: { type: 'string' }",
          "region: { type: 'string', secret: true }",
        ),
      },
    });
    await during({}, async (app) => {
      const { agent } = await app.admin();
      const url = '/skills/connections/vendor';
      const { data } = (await agent.get(url).expect(200)).body;
      expect([data.settings, data.secrets.region]).toEqual([{}, { source: 'stored' }]);
      const moved = { revision: 1, settings: { baseUrl: 'https://other.example', apiKey: 'a-secret' } };
      const refused = await agent.put(url).send(moved).expect(400);
      expect(refused.body.error.details).toMatchObject({
        code: 'secret-required',
        path: ['settings', 'region'],
      });
      await agent.put(url).send({ revision: 1, settings: {} }).expect(200);
      const [row] = await app.strapi.db.connection('skills_connections').select('settings');
      expect(row.settings).not.toContain('eu-key');
    });
  });

  it('read secrets of a former key, and encrypt them anew when they are saved', async () => {
    const settingsOf = async (app: BootedStrapi): Promise<string> =>
      (await app.strapi.db.connection('skills_connections').first('settings')).settings;
    const first = await during({}, async (app) => {
      await make(app);
      return settingsOf(app);
    });
    const own = await during({ encryption: { key: KEY } }, async (app) => {
      expect(await test(app)).toMatchObject({ ok: true });
      const { agent } = await app.admin();
      await agent.put('/skills/connections/vendor').send({ revision: 1, settings: {} }).expect(200);
      return settingsOf(app);
    });
    expect(own).not.toBe(first);
    await during({ encryption: { key: NEXT_KEY } }, async (app) => {
      const result = await test(app);
      expect(result).toMatchObject({ ok: false, code: 'secret-unreadable' });
      expect(result.message).toContain('previousKeys');
    });
    await during({ encryption: { key: NEXT_KEY, previousKeys: [KEY] } }, async (app) => {
      // The adapter's own sentence holds the key: it is masked.
      expect(await test(app)).toMatchObject({ ok: true, message: 'Reached with •••' });
    });
  });

  it('refuse a ciphertext that was moved to another connection or field', async () => {
    await during({}, async (app) => {
      await make(app);
      const { agent } = await app.admin();
      const body = { name: 'Thief', provider: 'vendor', settings: { apiKey: 'own', password: 'other' } };
      await agent.post('/skills/connections').send(body).expect(201);
      const rows = app.strapi.db.connection('skills_connections');
      const [{ settings }] = await rows.clone().where({ alias: 'vendor' }).select('settings');
      await rows.clone().where({ alias: 'thief' }).update({ settings });
      const moved = await agent.post('/skills/connections/thief/tests').send({}).expect(200);
      expect(moved.body.data).toMatchObject({ ok: false, code: 'secret-unreadable' });
      const { secrets, ...rest } = JSON.parse(settings);
      const swapped = JSON.stringify({ ...rest, secrets: { password: secrets.apiKey } });
      await rows.clone().where({ alias: 'vendor' }).update({ settings: swapped });
      expect(await test(app)).toMatchObject({ ok: false, code: 'secret-unreadable' });
    });
  });
});
