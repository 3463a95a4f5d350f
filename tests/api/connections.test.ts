import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { connectionsOf } from '../../server/src/domains/connections';
import type { Caller } from '../support/callers';
import { testProviders } from '../support/connections';
import { connectionsClient } from '../support/connections-client';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const SECRET = 'memory-secret-Zx9';
const VARIABLE = 'SKILLS_TEST_MEMORY_KEY';

describe('connections in the admin API', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let peer: MemoryPeer;
  /** All that was answered and logged since the beginning. */
  const heard: string[] = [];

  beforeAll(async () => {
    process.env[VARIABLE] = SECRET;
    peer = await startMemoryPeer({ apiKey: SECRET });
    app = await bootStrapi({
      config: {
        providers: testProviders,
        connections: {
          allowedPrivateHosts: ['127.0.0.1'],
          environmentVariables: [VARIABLE, 'SKILLS_TEST_UNSET'],
          askTimeoutMs: 500,
        },
        prices: [{ provider: 'memory', model: 'memory-small', input: 1, output: 3 }],
      },
    });
    app.strapi.log.level = 'debug';
    for (const transport of app.strapi.log.transports) transport.silent = true;
    app.strapi.log.on('data', (entry: unknown) => heard.push(JSON.stringify(entry)));
    ada = await app.admin();
  });
  beforeEach(() => {
    peer.fail(null);
    peer.delay(0);
  });
  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
    delete process.env[VARIABLE];
  });

  const { ask, problem, create, read, change, test } = connectionsClient({
    agent: () => ada.agent,
    settings: () => ({ apiKey: SECRET, baseUrl: peer.url }),
    heard,
  });

  describe('making one', () => {
    it('keeps the settings, and of a secret tells only that it is there', async () => {
      const connection = await create({ name: 'Mémoire (EU)' }, { defaultModel: 'memory-small' });
      expect(connection).toMatchObject({
        alias: 'memoire-eu',
        active: true,
        provider: { id: 'memory', displayName: 'Memory', installed: true },
        settings: { baseUrl: peer.url, defaultModel: 'memory-small' },
        secrets: { apiKey: { source: 'stored' } },
        lastTest: null,
        revision: 1,
        createdBy: { type: 'admin-user', id: ada.documentId },
      });
      expect(connection.settings).not.toHaveProperty('apiKey');
      expect(await read(connection.id)).toEqual(connection);
      expect(await read('MEMOIRE-EU')).toEqual(connection);
    });

    it('numbers an alias that it derived, and refuses one that was asked for and is taken in any case', async () => {
      const first = await create({ name: 'Twice' });
      const second = await create({ name: 'Twice' });
      expect([first.alias, second.alias]).toEqual(['twice', 'twice-2']);
      const body = {
        name: 'x',
        alias: 'TWICE',
        provider: 'memory',
        settings: { apiKey: 'k', baseUrl: peer.url },
      };
      const taken = await problem('post', '/connections', body, 409);
      expect(taken.details).toMatchObject({ code: 'alias-taken', path: ['alias'] });
      const exists = async (query: string) =>
        (await ask('get', `/connections/alias-exists?${query}`, undefined, 200)).body.data.exists;
      expect([
        await exists('alias=tWice'),
        await exists(`alias=twice&except=${first.id}`),
        await exists('alias=nobody'),
      ]).toEqual([true, false, false]);
    });

    it.each([
      [{ provider: 'nobody' }, 404, 'provider-not-found', ['provider']],
      [{ name: '' }, 400, 'invalid-input', ['name']],
      [{ alias: 'no good' }, 400, 'invalid-input', ['alias']],
      [{ settings: { apiKey: SECRET } }, 400, 'settings-invalid', ['settings', 'baseUrl']],
      [
        { settings: { apiKey: SECRET, baseUrl: 'ftp://x' } },
        400,
        'settings-invalid',
        ['settings', 'baseUrl'],
      ],
      [{ settings: { baseUrl: 'http://x.example' } }, 400, 'settings-invalid', ['settings', 'apiKey']],
      [
        { settings: { apiKey: 5, baseUrl: 'http://x.example' } },
        400,
        'settings-invalid',
        ['settings', 'apiKey'],
      ],
      [
        { settings: { apiKey: { env: 'PATH' }, baseUrl: 'http://x.example' } },
        400,
        'secret-variable-forbidden',
        ['settings', 'apiKey'],
      ],
    ])('refuses %j and names the field', async (wanted, status, code, path) => {
      const body = { name: 'Wrong', provider: 'memory', settings: {}, ...wanted };
      expect((await problem('post', '/connections', body, status)).details).toMatchObject({ code, path });
    });

    it('leaves behind what the schema does not know', async () => {
      const connection = await create({}, { apikey: 'sk-typed-into-the-wrong-field' });
      expect(connection.settings).toEqual({ baseUrl: peer.url });
    });
  });

  describe('changing one', () => {
    it('keeps a secret that is left out, and replaces the other settings as a whole', async () => {
      const connection = await create({}, { defaultModel: 'memory-small' });
      const changed = await change(connection, { name: 'Renamed', settings: { baseUrl: peer.url } });
      expect(changed).toMatchObject({ name: 'Renamed', revision: 2, settings: { baseUrl: peer.url } });
      expect(changed.settings).not.toHaveProperty('defaultModel');
      expect(changed.secrets).toEqual({ apiKey: { source: 'stored' } });
      expect(await test(changed.id)).toMatchObject({ ok: true });
    });

    it('demands a cleared secret where the provider needs it', async () => {
      const connection = await create();
      const body = { revision: 1, settings: { apiKey: null, baseUrl: peer.url } };
      const refused = await problem('put', `/connections/${connection.id}`, body, 400);
      expect(refused.details).toMatchObject({ code: 'settings-invalid', path: ['settings', 'apiKey'] });
    });

    it('demands secrets again when where they are sent to changes', async () => {
      const elsewhere = 'http://attacker.example';
      for (const apiKey of [SECRET, { env: VARIABLE }]) {
        const connection = await create({}, { apiKey });
        const body = { revision: 1, settings: { baseUrl: elsewhere } };
        const refused = await problem('put', `/connections/${connection.id}`, body, 400);
        expect(refused.details).toMatchObject({ code: 'secret-required', path: ['settings', 'apiKey'] });
        const trial = { provider: 'memory', connection: connection.id, settings: { baseUrl: elsewhere } };
        const tried = await problem('post', '/connection-tests', trial, 400);
        expect(tried.details).toMatchObject({ code: 'secret-required' });
        const settings = { baseUrl: elsewhere, apiKey: 'another' };
        expect((await change(connection, { settings })).settings).toEqual({ baseUrl: elsewhere });
      }
    });

    it('refuses a stale revision with both, and lets one of many simultaneous changes through', async () => {
      const connection = await create();
      await change(connection, { active: false });
      const stale = await problem('put', `/connections/${connection.id}`, { revision: 1, name: 'x' }, 409);
      expect(stale.details).toMatchObject({ code: 'stale-revision', expected: 1, actual: 2 });
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          ada.agent.put(`/skills/connections/${connection.id}`).send({ revision: 2, name }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });

    it('forgets the last test of other settings', async () => {
      const connection = await create();
      await test(connection.id);
      expect((await change(await read(connection.id), { name: 'Same' })).lastTest).toMatchObject({
        ok: true,
      });
      const settings = { baseUrl: peer.url, defaultModel: 'memory-small' };
      expect((await change(await read(connection.id), { settings })).lastTest).toBeNull();
    });
  });

  describe('secrets of the environment', () => {
    it('are named, read when they are used, and told to be there or not', async () => {
      const connection = await create({}, { apiKey: { env: VARIABLE } });
      const state = { source: 'environment', variable: VARIABLE, present: true };
      expect(connection.secrets).toEqual({ apiKey: state });
      expect(await test(connection.id)).toMatchObject({ ok: true });
      const unset = await create({}, { apiKey: { env: 'SKILLS_TEST_UNSET' } });
      expect(unset.secrets.apiKey).toMatchObject({ present: false });
      const tested = await test(unset.id);
      expect(tested).toMatchObject({ ok: false, code: 'secret-unreadable' });
      expect(tested.message).toContain('SKILLS_TEST_UNSET');
    });

    it('are listed as far as the configuration allows them', async () => {
      const response = await ask('get', '/environment-variables', undefined, 200);
      expect(response.body.data).toEqual([
        { name: VARIABLE, present: true },
        { name: 'SKILLS_TEST_UNSET', present: false },
      ]);
    });
  });

  describe('testing one', () => {
    it('asks the vendor, answers in a sentence, and keeps the outcome', async () => {
      const connection = await create();
      const seen = peer.requests.length;
      const result = await test(connection.id);
      expect(result).toMatchObject({
        ok: true,
        code: null,
        message: 'Reached the memory peer; 2 models are available.',
        durationMs: expect.any(Number),
      });
      expect(peer.requests.length).toBe(seen + 1);
      expect((await read(connection.id)).lastTest).toEqual(result);
      expect((await read(connection.id)).revision).toBe(1);
    });

    it.each([
      [401, 'authentication'],
      [403, 'permission'],
      [429, 'rate-limited'],
      [500, 'unavailable'],
    ])('answers a vendor that says %s with its code', async (status, code) => {
      const connection = await create();
      peer.fail({ status, body: `{"error":"the key ${SECRET} is bad"}` });
      const result = await test(connection.id);
      expect(result).toMatchObject({ ok: false, code });
      expect(result.message).toMatch(/^[A-Z].*\.$/);
    });

    it('gives up on a vendor that hangs', async () => {
      const connection = await create();
      peer.delay(5_000);
      const result = await test(connection.id);
      expect(result).toMatchObject({ ok: false, code: 'timeout' });
      expect(result.durationMs).toBeLessThan(4_000);
    });

    it('says that an address is private, and sends nothing there', async () => {
      const { port } = new URL(peer.url);
      const seen = peer.requests.length;
      for (const host of ['127.0.0.2', '[::ffff:7f00:2]', '169.254.169.254']) {
        const connection = await create({}, { baseUrl: `http://${host}:${port}` });
        expect(await test(connection.id)).toMatchObject({
          ok: false,
          code: 'invalid-request',
          message: expect.stringContaining('allowedPrivateHosts'),
        });
      }
      expect(peer.requests.length).toBe(seen);
    });

    it('tries settings that are not saved, with the stored secret where it goes to the same place', async () => {
      const connection = await create();
      const trial = (body: object) => ask('post', '/connection-tests', { provider: 'memory', ...body }, 200);
      const settings = { baseUrl: peer.url, defaultModel: 'memory-small' };
      const kept = await trial({ connection: connection.id, settings });
      expect(kept.body.data).toMatchObject({ ok: true });
      const wrong = await trial({ settings: { ...settings, apiKey: 'wrong' } });
      expect(wrong.body.data).toMatchObject({ ok: false, code: 'authentication' });
      expect((await read(connection.id)).lastTest).toBeNull();
      const missing = await problem('post', '/connection-tests', { provider: 'memory', settings }, 400);
      expect(missing.details).toMatchObject({ code: 'settings-invalid', path: ['settings', 'apiKey'] });
    });
  });

  describe('asking for its models', () => {
    it('tells prices of the configuration, then those of the adapter', async () => {
      const connection = await create();
      const response = await ask('get', `/connections/${connection.id}/models`, undefined, 200);
      expect(response.body.data).toEqual([
        { id: 'memory-large', name: 'Large', contextTokens: 100_000, price: { input: 2, output: 10 } },
        { id: 'memory-small', name: 'Small', contextTokens: 10_000, price: { input: 1, output: 3 } },
      ]);
    });

    it("does not make a vendor's refusal its own", async () => {
      const connection = await create();
      const models = `/connections/${connection.id}/models`;
      peer.fail({ status: 401 });
      const refused = await problem('get', models, undefined, 502);
      expect(refused).toMatchObject({ name: 'ProviderError', details: { code: 'authentication' } });
      peer.fail({ status: 429, headers: { 'Retry-After': '2' } });
      const limited = await ask('get', models, undefined, 429);
      expect(limited.body.error.details).toMatchObject({ code: 'rate-limited' });
      expect(limited.headers['retry-after']).toBe('2');
      peer.fail(null);
      peer.delay(5_000);
      expect((await problem('get', models, undefined, 504)).details).toMatchObject({ code: 'timeout' });
    });
  });

  describe('opening one for work', () => {
    const signal = new AbortController().signal;

    it('is refused while it is inactive, unless for a look', async () => {
      const { id } = await create({ active: false });
      const service = connectionsOf(app.strapi);
      await expect(service.open(id, { signal })).rejects.toMatchObject({
        details: { code: 'connection-inactive' },
      });
      const open = await service.open(id, { signal, evenInactive: true });
      expect([open.id, open.getFeatures()]).toEqual([id, ['skills', 'hosted-skills']]);
      const [first] = await open.getFeature('skills').listSkillTypes();
      expect(first).toMatchObject({ skillTypeId: expect.any(String) });
    });

    it('ends its requests with the caller', async () => {
      const { id } = await create();
      const controller = new AbortController();
      const open = await connectionsOf(app.strapi).open(id, { signal: controller.signal });
      controller.abort();
      await expect(open.chat().listModels()).rejects.toMatchObject({ code: 'cancelled' });
    });
  });

  describe('listing', () => {
    it('searches, narrows and sorts', async () => {
      const [b, a] = [await create({ name: 'Listed b' }), await create({ name: 'listed A', active: false })];
      const ids = async (query: string) => {
        const response = await ask('get', `/connections?_q=LISTED&${query}`, undefined, 200);
        expect(response.body.meta.pagination.total).toBe(response.body.data.length);
        return response.body.data.map(({ id }: Connection) => id);
      };
      expect(await ids('')).toEqual([a.id, b.id]);
      expect(await ids('sort=name:desc')).toEqual([b.id, a.id]);
      expect(await ids('sort=createdAt')).toEqual([b.id, a.id]);
      expect(await ids('sort=updatedAt:desc')).toEqual([a.id, b.id]);
      expect(await ids('sort=provider')).toEqual([b.id, a.id]);
      expect(await ids('active=true&provider=memory')).toEqual([b.id]);
      expect(await ids('capability=embedding&feature=hosted-skills')).toEqual([a.id, b.id]);
      expect(await ids('capability=workflow')).toEqual([]);
      expect(await ids('provider=other')).toEqual([]);
    });

    it('knows which are active and have a feature', async () => {
      const service = connectionsOf(app.strapi);
      const active = await create();
      const inactive = await create({ active: false });
      const ids = (await service.withFeature('skills')).map(({ id }) => id);
      expect([ids.includes(active.id), ids.includes(inactive.id)]).toEqual([true, false]);
      expect(await service.withFeature('telepathy')).toEqual([]);
      const summaries = await service.summaries([active.id, 'gone', inactive.id]);
      expect([...summaries.keys()].sort()).toEqual([active.id, inactive.id].sort());
    });
  });

  describe('deleting one', () => {
    it('is refused while something uses it, and names what does', async () => {
      const connection = await create();
      const users = [{ kind: 'skill', id: 'skill-1', name: 'Web search', path: '/skills/skill-1' }];
      let inUse = true;
      connectionsOf(app.strapi).registerUsers((id) =>
        Promise.resolve(inUse && id === connection.id ? users : []),
      );
      const refused = await problem('delete', `/connections/${connection.id}`, undefined, 409);
      expect(refused).toMatchObject({
        message: expect.stringContaining('Web search'),
        details: { code: 'connection-in-use', users },
      });
      const told = await ask('get', `/connections/${connection.id}/users`, undefined, 200);
      expect(told.body.data).toEqual(users);
      inUse = false;
      await ask('delete', `/connections/${connection.id}`, undefined, 204);
      await ask('get', `/connections/${connection.id}`, undefined, 404);
    });
  });

  it('has let no secret out: into no answer, no log and no table', async () => {
    const forms = [SECRET, Buffer.from(SECRET).toString('base64'), Buffer.from(SECRET).toString('hex')];
    const { db } = app.strapi;
    const rows: string[] = [];
    for (const table of await db.dialect.schemaInspector.getTables())
      rows.push(JSON.stringify(await db.connection(table).select('*')));
    expect(rows.join('\n')).toContain('memoire-eu');
    expect(heard.length).toBeGreaterThan(100);
    for (const form of forms) {
      expect(rows.filter((row) => row.includes(form))).toEqual([]);
      expect(heard.filter((text) => text.includes(form))).toEqual([]);
    }
  });
});
