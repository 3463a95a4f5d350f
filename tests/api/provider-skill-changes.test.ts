import type { Skill, VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { startMemoryPeer } from '../support/providers/memory/index';
import { openProviderSkillStand, type ProviderSkillStand } from '../support/provider-skills';
import { connectionsOf } from '../../server/src/domains/connections';

describe('provider skills that change, in the admin API', () => {
  let stand: ProviderSkillStand;
  let { app, ada, reader, peer, connection, connect, create, read, versionOf, open, save } =
    {} as ProviderSkillStand;

  beforeAll(async () => {
    stand = await openProviderSkillStand();
    ({ app, ada, reader, peer, connection, connect, create, read, versionOf, open, save } = stand);
  });
  afterAll(() => stand?.close());

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

    it('is not what an active skill goes back to while its connection is not active', async () => {
      const own = await connect();
      const skill = await create({ connection: own.id, publish: true });
      const moved = await save(skill, { ...(await open(skill)), connection: connection.id, publish: true });
      const by = { type: 'command', id: null, name: 'Test' } as const;
      await connectionsOf(app.strapi).update(own.id, { revision: own.revision, active: false }, by);
      const { revision } = moved.body.data.skill;
      const back = await ada.agent
        .post(`/skills/skills/${skill.id}/checkout`)
        .send({ versionId: skill.currentVersion.id, revision })
        .expect(400);
      expect(back.body.error.details.code).toBe('connection-inactive');
      const served = await ada.agent
        .post(`/skills/versions/${skill.currentVersion.id}/publication`)
        .send({})
        .expect(400);
      expect(served.body.error.details.code).toBe('connection-inactive');
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
});
