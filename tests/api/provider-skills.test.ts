import type {
  Connection,
  ProviderSkillSave,
  Skill,
  VersionDetail,
} from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createConnection, testProviders } from '../support/connections';
import { startMemoryPeer, type MemoryPeer } from '../support/providers/memory/index';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { connectionsOf } from '../../server/src/domains/connections';

const SECRET = 'memory-secret-Qm4';

describe('provider skills in the admin API', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let reader: Caller;
  let peer: MemoryPeer;
  let connection: Connection;

  beforeAll(async () => {
    peer = await startMemoryPeer({ apiKey: SECRET });
    app = await bootStrapi({
      config: {
        providers: testProviders,
        connections: { allowedPrivateHosts: ['127.0.0.1'], askTimeoutMs: 500 },
        toolScopes: [{ id: 'crm', name: 'CRM', description: 'Reads customers.' }],
      },
    });
    ada = await app.admin();
    reader = await app.admin(['skills.read']);
    connection = await connect();
  });
  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
  });

  let serial = 0;
  const connect = (wanted: object = {}) =>
    createConnection(app.strapi, { settings: { apiKey: SECRET, baseUrl: peer.url }, ...wanted });

  const formOf = (wanted: object = {}) => {
    serial += 1;
    return {
      kind: 'provider',
      name: `Search ${serial}`,
      description: `Looks up thing ${serial}.`,
      connection: connection.id,
      skillType: 'web-search',
      settings: { contextSize: 'high' },
      ...wanted,
    };
  };

  async function create(wanted: object = {}, by = ada): Promise<Skill> {
    const response = await by.agent.post('/skills/skills').send(formOf(wanted));
    expect(response.body).toMatchObject({ data: {} });
    expect(response.status).toBe(201);
    return response.body.data;
  }

  const read = async (idOrAlias: string): Promise<Skill> =>
    (await ada.agent.get(`/skills/skills/${idOrAlias}`).expect(200)).body.data;

  const versionOf = async (skill: Skill): Promise<VersionDetail> =>
    (await ada.agent.get(`/skills/versions/${skill.currentVersion.id}`).expect(200)).body.data;

  /** The form as the panel would send it back unchanged. */
  async function open(skill: Skill): Promise<ProviderSkillSave> {
    const version = await versionOf(skill);
    return {
      name: skill.name,
      alias: skill.alias,
      description: skill.description,
      connection: version.metadata.provider!.connectionId,
      settings: version.metadata.provider!.settings,
      toolScopes: skill.toolScopes,
      active: skill.active,
      publish: false,
      revision: skill.revision,
      version: { id: version.id, revision: version.revision },
    };
  }

  const save = (skill: Skill, form: object, by = ada) =>
    by.agent.put(`/skills/skills/${skill.id}/definition`).send(form);

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

  describe('saving one', () => {
    it('changes row and content together, and counts both revisions', async () => {
      const skill = await create();
      const response = await save(skill, {
        ...(await open(skill)),
        name: 'Renamed',
        alias: 'Renamed_One',
        description: 'Does more.',
        settings: { contextSize: 'low' },
        toolScopes: ['web'],
      });
      expect(response.body).toMatchObject({
        data: {
          skill: {
            name: 'Renamed',
            alias: 'Renamed_One',
            description: 'Does more.',
            toolScopes: ['web'],
            revision: 2,
            currentVersion: { number: 1 },
          },
          version: {
            number: 1,
            revision: 2,
            metadata: { provider: { settings: { contextSize: 'low', maxResults: 10 } } },
          },
        },
      });
      expect(await read('renamed_one')).toEqual(response.body.data.skill);
    });

    it('saves a change of the name alone without touching the version', async () => {
      const skill = await create();
      const { body } = await save(skill, { ...(await open(skill)), name: 'Only the name' }).expect(200);
      expect(body.data).toMatchObject({
        skill: { name: 'Only the name', revision: 2 },
        version: { revision: 1 },
      });
    });

    it('saves and publishes in one step, and opens a draft at the next change', async () => {
      const skill = await create();
      const first = await save(skill, { ...(await open(skill)), publish: true, note: 'First.' }).expect(200);
      expect(first.body.data).toMatchObject({
        skill: { status: 'published', publishedVersion: { number: 1 } },
        version: { number: 1, state: 'frozen', note: 'First.' },
      });
      const form = await open(first.body.data.skill);
      const second = await save(skill, { ...form, settings: { maxResults: 3 } }).expect(200);
      expect(second.body.data).toMatchObject({
        skill: { status: 'modified', currentVersion: { number: 2 }, publishedVersion: { number: 1 } },
        version: { number: 2, state: 'draft' },
      });
    });

    it('refuses a stale revision of the skill, and a version that is another by now, naming both', async () => {
      const skill = await create();
      const form = await open(skill);
      await save(skill, { ...form, description: 'Mine.' }).expect(200);
      const staleSkill = await save(skill, { ...form, description: 'Yours.' });
      expect(staleSkill.body).toMatchObject({
        error: { status: 409, details: { code: 'stale-revision', expected: 1, actual: 2 } },
      });
      const staleVersion = await save(skill, { ...form, revision: 2, description: 'Yours.' });
      expect(staleVersion.body).toMatchObject({
        error: {
          status: 409,
          details: {
            code: 'stale-version',
            expected: form.version,
            actual: { id: form.version.id, revision: 2 },
          },
        },
      });
      expect((await read(skill.id)).description).toBe('Mine.');
    });

    it.each([
      ['of the same content', ({ name }: { name: string }) => ({ name })],
      ['of other content', ({ name }: { name: string }) => ({ description: name })],
    ])('lets one of several simultaneous saves %s through', async (_what, change) => {
      const skill = await create();
      const form = await open(skill);
      const responses = await Promise.all(
        ['a', 'b', 'c'].map((name) => save(skill, { ...form, ...change({ name }) })),
      );
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });

    it('stores nothing when a part of it is refused', async () => {
      await create({ alias: 'somebody-elses' });
      const skill = await create();
      const form = await open(skill);
      const response = await save(skill, {
        ...form,
        alias: 'SOMEBODY-elses',
        description: 'New.',
        publish: true,
      });
      expect(response.body.error.details).toMatchObject({ code: 'alias-taken' });
      expect(await read(skill.id)).toEqual(skill);
      expect((await versionOf(skill)).revision).toBe(1);
    });

    it('moves to another connection, which must offer the skill type', async () => {
      const skill = await create();
      const other = await connect();
      const form = await open(skill);
      const { body } = await save(skill, { ...form, connection: other.alias }).expect(200);
      expect(body.data.skill.binding.connection.id).toBe(other.id);
      const poor = await startMemoryPeer({ skillTypes: ['code-interpreter'] });
      try {
        const { id } = await connect({ settings: { apiKey: 'x', baseUrl: poor.url } });
        const refused = await save(skill, { ...(await open(body.data.skill)), connection: id });
        expect(refused.body.error.details).toMatchObject({ code: 'skill-type-missing' });
      } finally {
        await poor.close();
      }
    });

    it('can be done while the vendor is down, where the connection stays', async () => {
      const skill = await create();
      const form = await open(skill);
      peer.fail({ status: 500 });
      try {
        await save(skill, { ...form, settings: { safe: false } }).expect(200);
      } finally {
        peer.fail(null);
      }
    });

    it('keeps a scope whose plugin is gone, and refuses a new one of that name', async () => {
      const skill = await create();
      await app.strapi
        .db!.connection('skills_skills')
        .where('document_id', skill.id)
        .update({ tool_scopes: '["gone"]' });
      const form = await open(await read(skill.id));
      await save(skill, { ...form, name: 'Kept' }).expect(200);
      const other = await create();
      const refused = await save(other, { ...(await open(other)), toolScopes: ['gone'] });
      expect(refused.body.error.details).toMatchObject({ code: 'scope-unknown', path: ['toolScopes', 0] });
    });

    it('is forbidden without the permissions, and unknown to who may not see the skill', async () => {
      const skill = await create({ visibility: 'user' });
      const form = await open(skill);
      await save(skill, form, reader).expect(403);
      const editor = await app.admin(['skills.read', 'skills.update']);
      await save(skill, form, editor).expect(404);
      const shared = await create();
      const response = await save(shared, { ...(await open(shared)), publish: true }, editor);
      expect(response.body.error.details.code).toBe('publish-forbidden');
      await app.anonymous.put(`/skills/skills/${skill.id}/definition`).send(form).expect(401);
    });

    it('is not how bundles are changed, nor are files how provider skills are', async () => {
      const skill = await create();
      const form = await open(skill);
      const bundle = await ada.agent
        .post('/skills/skills')
        .send({ name: 'A bundle', description: 'x' })
        .expect(201);
      const wrong = await save(bundle.body.data, form);
      expect(wrong.body.error).toMatchObject({ status: 400, details: { code: 'definition-unsupported' } });
      const edit = { versionId: form.version.id, revision: form.version.revision };
      const file = await ada.agent
        .put(`/skills/skills/${skill.id}/files/skill.json`)
        .set({ 'x-version-id': edit.versionId, 'x-version-revision': String(edit.revision) })
        .set('Content-Type', 'application/octet-stream')
        .send(Buffer.from('{}'));
      expect(file.body.error).toMatchObject({ status: 400, details: { code: 'files-unsupported' } });
      for (const [method, route, body] of [
        ['post', 'repairs', edit],
        ['patch', 'frontmatter', { ...edit, values: {} }],
        ['post', 'file-moves', { ...edit, from: 'skill.json', to: 'x.json' }],
      ] as const) {
        const response = await ada.agent[method](`/skills/skills/${skill.id}/${route}`).send(body);
        expect(response.body.error).toMatchObject({ status: 400 });
      }
    });
  });

  describe('an earlier version', () => {
    it('is made the current one, and the next save opens a draft from it', async () => {
      const skill = await create({ description: 'One.' });
      await save(skill, { ...(await open(skill)), publish: true }).expect(200);
      const second = await save(skill, {
        ...(await open(await read(skill.id))),
        description: 'Two.',
        settings: { contextSize: 'low' },
      }).expect(200);
      const { data: versions } = (await ada.agent.get(`/skills/skills/${skill.id}/versions`).expect(200))
        .body;
      const first = versions.find(({ number }: { number: number }) => number === 1);
      const checkout = (body: object, by = ada) =>
        by.agent.post(`/skills/skills/${skill.id}/checkout`).send(body);

      await checkout({ versionId: first.id, revision: 99 }).expect(409);
      await checkout({ versionId: 'none', revision: second.body.data.skill.revision }).expect(404);
      await checkout({ versionId: first.id, revision: second.body.data.skill.revision }, reader).expect(403);
      const { body } = await checkout({
        versionId: first.id,
        revision: second.body.data.skill.revision,
      }).expect(200);
      expect(body.data).toMatchObject({
        description: 'One.',
        status: 'published',
        currentVersion: { number: 1 },
        revision: second.body.data.skill.revision + 1,
      });
      const third = await save(skill, { ...(await open(body.data)), description: 'Three.' }).expect(200);
      expect(third.body.data).toMatchObject({
        version: { number: 3, parentId: first.id },
        skill: { currentVersion: { number: 3 } },
      });
    });

    it('of a bundle too, whose next edit opens a draft from it', async () => {
      const { body } = await ada.agent
        .post('/skills/skills')
        .send({ name: 'Rolled back', description: 'x' })
        .expect(201);
      const skill: Skill = body.data;
      const write = (version: { id: string; revision: number }, text: string) =>
        ada.agent
          .put(`/skills/skills/${skill.id}/files/notes.md`)
          .set({ 'x-version-id': version.id, 'x-version-revision': String(version.revision) })
          .set('Content-Type', 'application/octet-stream')
          .send(Buffer.from(text))
          .expect(200);
      const first = await versionOf(skill);
      await ada.agent.post(`/skills/versions/${first.id}/publication`).send({}).expect(200);
      const second: VersionDetail = (await write(first, 'two')).body.data;
      expect(second.number).toBe(2);
      await ada.agent
        .post(`/skills/skills/${skill.id}/checkout`)
        .send({ versionId: first.id, revision: (await read(skill.id)).revision })
        .expect(200);
      const third: VersionDetail = (await write(first, 'three')).body.data;
      expect(third).toMatchObject({ number: 3, parentId: first.id });
    });

    it('is not of another skill', async () => {
      const [one, other] = [await create(), await create()];
      const response = await ada.agent
        .post(`/skills/skills/${one.id}/checkout`)
        .send({ versionId: other.currentVersion.id, revision: one.revision })
        .expect(404);
      expect(response.body.error.details.code).toBe('version-not-found');
    });
  });

  describe('the connection', () => {
    it('names the skills that use it, and stays while there are any', async () => {
      const own = await connect();
      const skill = await create({ connection: own.id, publish: true });
      const users = () => ada.agent.get(`/skills/connections/${own.id}/users`).expect(200);
      expect((await users()).body.data).toEqual([
        { kind: 'skill', id: skill.id, name: skill.name, path: `/plugins/skills/skills/${skill.id}` },
      ]);
      // What agents are served uses it still, when the draft has gone elsewhere.
      await save(skill, { ...(await open(skill)), connection: connection.id }).expect(200);
      expect((await users()).body.data).toHaveLength(1);
      const refused = await ada.agent.delete(`/skills/connections/${own.id}`).expect(409);
      expect(refused.body.error.details).toMatchObject({ code: 'connection-in-use' });
      await save(skill, { ...(await open(await read(skill.id))), publish: true }).expect(200);
      expect((await users()).body.data).toEqual([]);
    });

    it('must be active for a skill to become active, singly and in bulk', async () => {
      const own = await connect();
      const skill = await create({ connection: own.id, active: false });
      const plain = await create({ active: false });
      await connectionsOf(app.strapi).update(
        own.id,
        { revision: own.revision, active: false },
        { type: 'command', id: null, name: 'Test' },
      );
      const single = await ada.agent
        .patch(`/skills/skills/${skill.id}`)
        .send({ revision: skill.revision, active: true });
      expect(single.body).toMatchObject({
        error: { status: 400, details: { code: 'connection-inactive', path: ['active'] } },
      });
      const bulk = (ids: string[]) => ada.agent.post('/skills/skills/activation').send({ ids, active: true });
      expect((await bulk([plain.id, skill.id])).body.error.details.code).toBe('connection-inactive');
      expect((await read(plain.id)).active).toBe(false);
      expect((await bulk([plain.id]).expect(200)).body.data).toEqual({ changed: 1 });
      const moved = await save(skill, {
        ...(await open(skill)),
        connection: connection.id,
        active: true,
      }).expect(200);
      expect(moved.body.data.skill.active).toBe(true);
    });

    it('may be gone: the skill is readable and says so', async () => {
      const own = await connect();
      const skill = await create({ connection: own.id });
      await app.strapi.db.connection('skills_connections').where('document_id', own.id).delete();
      expect((await read(skill.id)).binding).toEqual({
        skillTypeId: 'web-search',
        skillTypeName: 'Web search',
        providerId: 'memory',
        connection: null,
      });
      await ada.agent.get(`/skills/skills/${skill.id}/files/skill.json`).expect(200);
      await ada.agent.patch(`/skills/skills/${skill.id}`).send({ revision: 1, active: false }).expect(200);
      const again = await ada.agent
        .patch(`/skills/skills/${skill.id}`)
        .send({ revision: 2, active: true })
        .expect(400);
      expect(again.body.error.details.code).toBe('connection-missing');
    });
  });

  describe('skill types', () => {
    const types = (query: object = {}, by = reader) => by.agent.get('/skills/skill-types').query(query);

    it('are those of all active connections, and a slow or broken one hides nothing', async () => {
      const slow = await startMemoryPeer({ delayMs: 5_000 });
      const settings = (baseUrl: string, apiKey = SECRET) => ({ settings: { apiKey, baseUrl } });
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
        expect(JSON.stringify(body)).not.toContain(SECRET);
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

  it('is exported as an archive of its one file', async () => {
    const skill = await create();
    const response = await ada.agent
      .get(`/skills/versions/${skill.currentVersion.id}/archive`)
      .buffer()
      .expect(200);
    expect(response.headers['content-disposition']).toContain(`${skill.alias}-1.zip`);
  });
});
