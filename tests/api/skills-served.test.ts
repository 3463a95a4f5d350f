import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { binary } from '../support/binary';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { skillMd, zipOf } from '../support/zip';

const readGrants = ['skill.find', 'skill.findOne', 'skill.readFile', 'skill.archive', 'skill.versions'];

describe('skills in the content API', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let agent: Caller;
  let skill: Skill;

  async function importSkill(name: string, files: Record<string, string> = {}, more = ''): Promise<Skill> {
    const zip = await zipOf({ 'SKILL.md': skillMd(name, { more }), ...files });
    const response = await ada.agent
      .post('/skills/imports')
      .field('conflict', 'new-version')
      .attach('file', zip, 'skill.zip')
      .expect(200);
    return skillOf(response.body.data[0].skillId);
  }

  const skillOf = async (id: string): Promise<Skill> =>
    (await ada.agent.get(`/skills/skills/${id}`).expect(200)).body.data;

  async function publish({ currentVersion }: Skill): Promise<void> {
    await ada.agent.post(`/skills/versions/${currentVersion.id}/publication`).send({}).expect(200);
  }

  beforeAll(async () => {
    app = await bootStrapi();
    ada = await app.admin();
    agent = await app.contentToken(readGrants);
    skill = await importSkill(
      'adder',
      { 'scripts/add.py': 'print(1)\n', 'page.html': '<b>x</b>' },
      'tags: [math]\nversion: "1.0"\ninputs:\n  - name: a\n    type: number\n    required: true\n',
    );
    await publish(skill);
  });
  afterAll(() => app?.destroy());

  describe('the list', () => {
    it('has what an agent chooses by, and no more', async () => {
      const response = await agent.agent.get('/api/skills').expect(200);
      const { digest } = (await ada.agent.get(`/skills/versions/${skill.currentVersion.id}`).expect(200)).body
        .data;
      expect(response.body).toEqual({
        data: [
          {
            alias: 'adder',
            name: 'adder',
            description: 'Adds numbers, whenever a sum is asked for.',
            kind: 'bundle',
            tags: ['math'],
            toolScopes: [],
            category: null,
            version: { number: 1, label: '1.0', digest },
            updatedAt: expect.any(String),
          },
        ],
        meta: { pagination: { page: 1, pageSize: 10, pageCount: 1, total: 1 } },
      });
    });

    it('is narrowed by words, tag, category and kind, and sorted', async () => {
      for (const query of [{ q: 'ADDS sum' }, { _q: 'adder' }, { tag: 'Math' }, { kind: 'bundle' }]) {
        const response = await agent.agent.get('/api/skills').query(query).expect(200);
        expect(response.body.data).toHaveLength(1);
      }
      for (const query of [{ q: 'nothing' }, { tag: 'mat' }, { category: 'none' }, { kind: 'workflow' }]) {
        const response = await agent.agent.get('/api/skills').query(query).expect(200);
        expect(response.body.data).toEqual([]);
      }
      for (const sort of ['name', 'name:desc', 'kind', 'updatedAt:asc']) {
        await agent.agent.get('/api/skills').query({ sort }).expect(200);
      }
      const wrong = await agent.agent.get('/api/skills').query({ sort: 'owner' }).expect(400);
      expect(wrong.body.error.details).toMatchObject({ code: 'invalid-input', path: ['sort'] });
    });
  });

  describe('one skill', () => {
    it('comes with its instructions, its input and its files', async () => {
      const response = await agent.agent.get('/api/skills/adder').expect(200);
      expect(response.body.data).toMatchObject({
        alias: 'adder',
        instructions: '# How\n\nAdd.\n',
        metadata: { name: 'adder', tags: ['math'] },
        inputSchema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
      });
      expect(response.body.data.files.map(({ path }: { path: string }) => path)).toEqual([
        'SKILL.md',
        'page.html',
        'scripts/add.py',
      ]);
    });

    it('has its digest as ETag, and answers 304 to who has it', async () => {
      for (const path of ['/api/skills/adder', '/api/skills/adder/archive']) {
        const first = await agent.agent.get(path).buffer(true).parse(binary).expect(200);
        const { digest } = (await agent.agent.get('/api/skills')).body.data[0].version;
        expect(first.headers.etag).toBe(`"${digest}"`);
        await agent.agent.get(path).set('If-None-Match', `"${digest}"`).expect(304);
        await agent.agent.get(path).set('If-None-Match', '"other"').expect(200);
      }
    });

    it('gives its files safely', async () => {
      const text = await agent.agent.get('/api/skills/adder/files/scripts/add.py').expect(200);
      expect(text.text).toBe('print(1)\n');
      const html = await agent.agent.get('/api/skills/adder/files/page.html').expect(200);
      expect(html.headers['content-disposition']).toBe('attachment; filename="page.html"');
      expect(html.headers['content-security-policy']).toContain('sandbox');
      const missing = await agent.agent.get('/api/skills/adder/files/none').expect(404);
      expect(missing.body.error.details.code).toBe('file-not-found');
    });

    it('lists the versions that were ever published, and serves the one that is', async () => {
      const draft = await importSkill('adder', { 'new.txt': 'secret draft' }, 'tags: [draft]\n');
      expect(draft.currentVersion.number).toBe(2);
      const versions = await agent.agent.get('/api/skills/adder/versions').expect(200);
      expect(versions.body.data).toEqual([expect.objectContaining({ number: 1, isPublished: true })]);
      await agent.agent.get('/api/skills/adder/files/new.txt').expect(404);
      const listed = await agent.agent.get('/api/skills').expect(200);
      expect(listed.body.data[0]).toMatchObject({ tags: ['math'], version: { number: 1 } });
      expect((await agent.agent.get('/api/skills').query({ tag: 'draft' })).body.data).toEqual([]);
    });
  });

  describe('what is not served', () => {
    it('is a draft, an inactive, an archived, a withdrawn or a private skill', async () => {
      const hidden = await importSkill('hidden');
      const isThere = async () => {
        const one = await agent.agent.get('/api/skills/hidden');
        const listed = await agent.agent.get('/api/skills').query({ q: 'hidden' }).expect(200);
        expect([one.status === 200, listed.body.data.length === 1]).toEqual([
          listed.body.data.length === 1,
          one.status === 200,
        ]);
        if (one.status !== 200) expect(one.body.error.details.code).toBe('skill-not-found');
        return one.status === 200;
      };
      const ids = [hidden.id];
      const post = (path: string, body: object) => ada.agent.post(path).send(body).expect(200);
      expect(await isThere()).toBe(false);
      await publish(hidden);
      expect(await isThere()).toBe(true);
      await post('/skills/skills/activation', { ids, active: false });
      expect(await isThere()).toBe(false);
      await post('/skills/skills/activation', { ids, active: true });
      await post('/skills/skills/archival', { ids, archived: true });
      expect(await isThere()).toBe(false);
      await post('/skills/skills/archival', { ids, archived: false });
      expect(await isThere()).toBe(true);
      const { revision } = await skillOf(hidden.id);
      const patch = (body: object) => ada.agent.patch(`/skills/skills/${hidden.id}`).send(body).expect(200);
      await patch({ revision, visibility: 'user' });
      expect(await isThere()).toBe(false);
      await patch({ revision: revision + 1, visibility: 'org' });
      await ada.agent.delete(`/skills/skills/${hidden.id}/publication`).expect(200);
      expect(await isThere()).toBe(false);
      for (const path of ['files/SKILL.md', 'archive', 'versions']) {
        await agent.agent.get(`/api/skills/hidden/${path}`).expect(404);
      }
    });
  });

  describe('grants', () => {
    const routes = {
      'skill.find': '/api/skills',
      'skill.findOne': '/api/skills/adder',
      'skill.readFile': '/api/skills/adder/files/SKILL.md',
      'skill.archive': '/api/skills/adder/archive',
      'skill.versions': '/api/skills/adder/versions',
    };

    it.each(Object.entries(routes))('%s opens its own route alone', async (grant, own) => {
      const callers = [await app.contentToken([grant]), await app.user([grant])];
      for (const caller of callers) {
        for (const path of Object.values(routes)) {
          const { status } = await caller.agent.get(path);
          expect([path, status]).toEqual([path, path === own ? 200 : 403]);
        }
      }
    });

    it('are asked of everybody, and may be given to the public', async () => {
      await app.anonymous.get('/api/skills').expect(403);
      await app.anonymous.get('/api/skills').set('Authorization', 'Bearer wrong').expect(401);
      await app.grantPublic(['skill.find']);
      await app.anonymous.get('/api/skills').expect(200);
      await app.anonymous.get('/api/skills/adder').expect(403);
    });

    it('of the content API open nothing of the admin API', async () => {
      await agent.agent.get('/skills/skills').expect(401);
      const admin = await app.admin();
      await admin.agent.get('/api/skills/adder').expect(401);
    });
  });
});
