import type { ImportResult, Skill } from 'strapi-plugin-skills-shared/contracts';
import { startMemoryPeer } from '../support/providers/memory/index';
import { MEMORY_SECRET, openProviderSkillStand, type ProviderSkillStand } from '../support/provider-skills';
import { skillMd, zipOf } from '../support/zip';
import { connectionsOf } from '../../server/src/domains/connections';

describe('provider skills in the admin API', () => {
  let stand: ProviderSkillStand;
  let { app, ada, reader, peer, connection, connect, formOf, create, read, versionOf } =
    {} as ProviderSkillStand;

  beforeAll(async () => {
    stand = await openProviderSkillStand();
    ({ app, ada, reader, peer, connection, connect, formOf, create, read, versionOf } = stand);
  });
  afterAll(() => stand?.close());

  describe('making one', () => {
    it('binds it to a skill type of a connection', async () => {
      const skill = await create({ name: 'News Search', toolScopes: ['web', 'crm'] });
      expect(skill).toMatchObject({
        kind: 'provider',
        alias: 'news-search',
        name: 'News Search',
        active: true,
        usable: true,
        status: 'draft',
        toolScopes: ['crm', 'web'],
        binding: {
          skillTypeId: 'web-search',
          skillTypeName: 'Web search',
          providerId: 'memory',
          connection: { id: connection.id, name: connection.name, active: true },
        },
      });
      const version = await versionOf(skill);
      expect(version.findings).toEqual([]);
      expect(version.files.map(({ path }) => path)).toEqual(['skill.json']);
      // What the schema adds is stored, so that a run and a tool need not ask it again.
      expect(version.metadata.provider).toMatchObject({
        connectionId: connection.id,
        settings: { contextSize: 'high', maxResults: 10, safe: true },
      });
    });

    it('takes a connection by its alias, in any case', async () => {
      const skill = await create({ connection: connection.alias.toUpperCase() });
      expect(skill.binding?.connection?.id).toBe(connection.id);
    });

    it('publishes it at once when asked to', async () => {
      const skill = await create({ publish: true });
      expect(skill).toMatchObject({ status: 'published', publishedVersion: { number: 1 } });
    });

    it('is forbidden to publish without that permission, and to make one without its own', async () => {
      const author = await app.admin(['skills.read', 'skills.create']);
      const response = await author.agent.post('/skills/skills').send(formOf({ publish: true }));
      expect(response.body).toMatchObject({
        error: { status: 403, details: { code: 'publish-forbidden', path: ['publish'] } },
      });
      expect((await create({}, author)).status).toBe('draft');
      await reader.agent.post('/skills/skills').send(formOf()).expect(403);
    });

    it.each([
      ['a connection that there is none of', { connection: 'none' }, 'connection-not-found', ['connection']],
      ['a skill type that it lacks', { skillType: 'telepathy' }, 'skill-type-missing', ['skillType']],
      [
        'settings that do not fit',
        { settings: { userLocation: { country: 'Germany' } } },
        'settings-invalid',
        ['settings', 'userLocation', 'country'],
      ],
      ['a scope that nobody registered', { toolScopes: ['web', 'nope'] }, 'scope-unknown', ['toolScopes', 1]],
      ['a long description', { description: 'x'.repeat(2001) }, 'invalid-input', ['description']],
      ['a long alias', { alias: 'x'.repeat(101) }, 'invalid-input', ['alias']],
      ['a long name', { name: 'x'.repeat(256) }, 'invalid-input', ['name']],
      ['another kind', { kind: 'wizard' }, 'invalid-input', ['kind']],
    ])('refuses %s', async (_what, wanted, code, path) => {
      const response = await ada.agent.post('/skills/skills').send(formOf(wanted));
      expect(response.body).toMatchObject({ error: { status: 400, details: { code, path } } });
    });

    it('refuses an active skill over an inactive connection, and takes an inactive one', async () => {
      const { id } = await connect({ active: false });
      const response = await ada.agent.post('/skills/skills').send(formOf({ connection: id }));
      expect(response.body).toMatchObject({
        error: { status: 400, details: { code: 'connection-inactive', path: ['connection'] } },
      });
      expect((await create({ connection: id, active: false })).active).toBe(false);
    });

    it('tells what the vendor said when it cannot be asked', async () => {
      peer.fail({ status: 503, path: '/skill-types' });
      try {
        const response = await ada.agent.post('/skills/skills').send(formOf());
        expect(response.body).toMatchObject({ error: { status: 502, details: { code: 'unavailable' } } });
      } finally {
        peer.fail(null);
      }
    });

    it('lets one of two through that ask for one alias at once, whatever its case', async () => {
      const responses = await Promise.all(
        ['Race-Alias', 'race-alias'].map((alias) => ada.agent.post('/skills/skills').send(formOf({ alias }))),
      );
      expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
      const refused = responses.find(({ status }) => status === 409)!;
      expect(refused.body.error.details).toMatchObject({ code: 'alias-taken', path: ['alias'] });
    });
  });

  describe('finding them', () => {
    it('finds one by its alias in any case, and says whether an alias is taken', async () => {
      const skill = await create({ alias: 'Case_Of' });
      expect(await read('cASE_oF')).toEqual(skill);
      const exists = (query: object) => reader.agent.get('/skills/skills/alias-exists').query(query);
      expect((await exists({ alias: 'case_OF' }).expect(200)).body).toEqual({ data: { exists: true } });
      expect((await exists({ alias: 'case_of', except: skill.id })).body.data.exists).toBe(false);
      expect((await exists({ alias: 'free-one' })).body.data.exists).toBe(false);
      await exists({}).expect(400);
      await app.anonymous.get('/skills/skills/alias-exists').query({ alias: 'x' }).expect(401);
    });

    it('narrows by kind, skill type, connection and tool scope', async () => {
      const own = await connect();
      const skill = await create({
        connection: own.id,
        skillType: 'code-interpreter',
        settings: {},
        toolScopes: ['code', 'files'],
      });
      for (const query of [
        { connection: own.id },
        { skillType: 'code-interpreter', connection: own.id },
        { toolScope: 'files' },
        { kind: 'provider', toolScope: 'code' },
      ]) {
        const { body } = await reader.agent.get('/skills/skills').query(query).expect(200);
        expect(body.data.map(({ id }: Skill) => id)).toEqual([skill.id]);
        expect(body.data[0].binding.connection.name).toBe(own.name);
        expect(body.meta.pagination.total).toBe(1);
      }
      const none = await reader.agent.get('/skills/skills').query({ connection: own.id, toolScope: 'web' });
      expect(none.body.data).toEqual([]);
    });

    it('asks for the connections of a whole page at once', async () => {
      for (let n = 0; n < 3; n += 1) await create({ connection: (await connect()).id });
      let asked = 0;
      const knex = app.strapi.db.connection;
      const count = ({ sql }: { sql: string }) => {
        if (/skills_connections/.test(sql)) asked += 1;
      };
      knex.on('query', count);
      try {
        await reader.agent.get('/skills/skills').query({ kind: 'provider', pageSize: 100 }).expect(200);
      } finally {
        knex.off('query', count);
      }
      expect(asked).toBe(1);
    });
  });

  describe('skill types', () => {
    const types = (query: object = {}, by = reader) => by.agent.get('/skills/skill-types').query(query);

    it('are those of all active connections, and a slow or broken one hides nothing', async () => {
      const slow = await startMemoryPeer({ delayMs: 5_000 });
      const settings = (baseUrl: string, apiKey = MEMORY_SECRET) => ({ settings: { apiKey, baseUrl } });
      const hanging = await connect(settings(slow.url));
      const locked = await connect(settings(peer.url, 'wrong-key-1'));
      const off = await connect({ active: false });
      try {
        const start = Date.now();
        const { body } = await types().expect(200);
        expect(Date.now() - start).toBeLessThan(4_000);
        const offered = body.data.filter(
          (type: { connection: { id: string } }) => type.connection.id === connection.id,
        );
        expect(offered).toHaveLength(3);
        expect(offered[0]).toMatchObject({
          skillTypeId: 'web-search',
          name: 'Web search',
          toolScopes: ['web'],
          connection: { alias: connection.alias, provider: { id: 'memory', installed: true } },
        });
        const failures = new Map(
          body.meta.failures.map((failure: { connection: { id: string }; error: { code: string } }) => [
            failure.connection.id,
            failure.error.code,
          ]),
        );
        expect(failures.get(hanging.id)).toBe('timeout');
        expect(failures.get(locked.id)).toBe('authentication');
        expect(JSON.stringify(body)).not.toContain(MEMORY_SECRET);
        expect(JSON.stringify(body)).not.toContain('wrong-key-1');
        const one = await types({ connection: off.alias }).expect(200);
        expect(one.body.data).toHaveLength(3);
      } finally {
        for (const { id } of [hanging, locked]) await connectionsOf(app.strapi).remove(id);
        await slow.close();
      }
    });

    it('have a schema that draws the form of their settings', async () => {
      const schema = (query: object, by = reader) =>
        by.agent.get('/skills/skill-types/settings-schema').query(query);
      const { body } = await schema({ connection: connection.alias, skillType: 'web-search' }).expect(200);
      expect(body.data.jsonSchema).toMatchObject({
        type: 'object',
        properties: { contextSize: { title: 'Context size', enum: ['low', 'medium', 'high'] } },
      });
      const missing = await schema({ connection: connection.id, skillType: 'none' }).expect(404);
      expect(missing.body.error.details.code).toBe('skill-type-not-found');
      await schema({ connection: 'none', skillType: 'web-search' }).expect(404);
      await schema({ connection: connection.id }).expect(400);
    });

    it('are closed to strangers and to those without the permission', async () => {
      const nobody = await app.admin(['runs.read']);
      await types({}, nobody).expect(403);
      await app.anonymous.get('/skills/skill-types').expect(401);
      await nobody.agent
        .get('/skills/skill-types/settings-schema')
        .query({ connection: 'x', skillType: 'y' })
        .expect(403);
      await types({ connection: 'none' }).expect(404);
    });
  });

  it('is not made a version of by importing a bundle of its name', async () => {
    const skill = await create({ alias: 'Same-Name' });
    const files = { 'SKILL.md': skillMd('same-name') };
    const importAs = async (conflict: string): Promise<ImportResult> => {
      const request = ada.agent.post('/skills/imports').field('conflict', conflict);
      return (await request.attach('file', await zipOf(files), 'upload.zip').expect(200)).body.data[0];
    };
    expect(await importAs('ask')).toMatchObject({ outcome: 'conflict', skillId: skill.id });
    expect(await importAs('skip')).toMatchObject({ outcome: 'skipped' });
    expect(await importAs('new-version')).toMatchObject({
      outcome: 'refused',
      error: { code: 'kind-mismatch' },
    });
    expect(await importAs('new-skill')).toMatchObject({ outcome: 'created', alias: 'same-name-2' });
    const upload = await ada.agent
      .post(`/skills/skills/${skill.id}/versions`)
      .attach('file', await zipOf(files), 'upload.zip')
      .expect(400);
    expect(upload.body.error.details.code).toBe('upload-unsupported');
    expect(await read(skill.id)).toEqual(skill);
  });

  it('is exported as an archive of its one file', async () => {
    const skill = await create();
    const response = await ada.agent
      .get(`/skills/versions/${skill.currentVersion.id}/archive`)
      .buffer()
      .expect(200);
    expect(response.headers['content-disposition']).toContain(`${skill.alias}-1.zip`);
  });
});
