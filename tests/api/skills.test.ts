import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

describe('skills in the admin API', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let reader: Caller;

  beforeAll(async () => {
    app = await bootStrapi();
    ada = await app.admin();
    reader = await app.admin(['skills.read']);
  });
  afterAll(() => app?.destroy());

  let serial = 0;
  async function createSkill(wanted: object = {}, by = ada): Promise<Skill> {
    serial += 1;
    const response = await by.agent
      .post('/skills/skills')
      .send({ name: `Skill ${serial}`, description: `Does thing ${serial}.`, ...wanted })
      .expect(201);
    return response.body.data;
  }

  describe('making one', () => {
    it('makes a blank bundle with a starter SKILL.md as version 1', async () => {
      const skill = await createSkill({ name: 'Monthly Report', description: 'Writes the report.' });
      expect(skill).toMatchObject({
        alias: 'monthly-report',
        name: 'Monthly Report',
        description: 'Writes the report.',
        kind: 'bundle',
        active: true,
        archived: false,
        visibility: 'org',
        owner: { type: 'admin-user', id: ada.documentId },
        status: 'draft',
        usable: true,
        currentVersion: { number: 1 },
        publishedVersion: null,
        lastRun: null,
      });
      const files = await ada.agent.get(`/skills/skills/${skill.id}/files`).expect(200);
      expect(files.body.data.files).toEqual([expect.objectContaining({ path: 'SKILL.md' })]);
      expect(files.body.data.findings).toEqual([]);
    });

    it('numbers an alias that it derived from a name already used', async () => {
      const first = await createSkill({ name: 'Twice' });
      const second = await createSkill({ name: 'Twice' });
      expect([first.alias, second.alias]).toEqual(['twice', 'twice-2']);
    });

    it('refuses an alias that was asked for and is taken', async () => {
      await createSkill({ alias: 'taken' });
      const response = await ada.agent
        .post('/skills/skills')
        .send({ name: 'Other', alias: 'taken', description: 'x' })
        .expect(409);
      expect(response.body.error.details).toMatchObject({ code: 'alias-taken', path: ['alias'] });
    });

    it('names every field that is wrong', async () => {
      const response = await ada.agent
        .post('/skills/skills')
        .send({ name: '', alias: 'No Good' })
        .expect(400);
      const { details, message } = response.body.error;
      expect(details).toMatchObject({ code: 'invalid-input', path: ['name'] });
      expect(details.issues.map((issue: { path: string[] }) => issue.path[0])).toEqual([
        'name',
        'alias',
        'description',
      ]);
      expect(message).toMatch(/^name: /);
    });

    it('is forbidden without the permission', async () => {
      await reader.agent.post('/skills/skills').send({ name: 'x', description: 'x' }).expect(403);
    });

    it('is closed to strangers', async () => {
      await app.anonymous.get('/skills/skills').expect(401);
      await app.anonymous.post('/skills/skills').send({ name: 'x', description: 'x' }).expect(401);
    });
  });

  describe('listing', () => {
    it('searches name, alias and description for every word, whatever the case', async () => {
      const skill = await createSkill({ name: 'Needle Work', description: '100% of the HAY_stack.' });
      for (const words of ['needle', 'hay_STACK', 'WORK needle', '100%', skill.alias]) {
        const response = await reader.agent.get('/skills/skills').query({ _q: words }).expect(200);
        expect(response.body.data.map((found: Skill) => found.id)).toEqual([skill.id]);
      }
      const none = await reader.agent.get('/skills/skills').query({ _q: 'needle hayXstack' }).expect(200);
      expect(none.body.data).toEqual([]);
    });

    it('narrows by tag, category, activity and owner, and tells what can be narrowed by', async () => {
      const skill = await createSkill({ name: 'Narrowed' });
      await ada.agent
        .patch(`/skills/skills/${skill.id}`)
        .send({
          revision: skill.revision,
          tags: ['Finance', 'finance', 'é'],
          category: 'office',
          active: false,
        })
        .expect(200);
      for (const query of [
        { tag: 'finance' },
        { tag: 'FINANCE' },
        { category: 'office' },
        { active: 'false' },
        { active: 'false', owner: ada.documentId, kind: 'bundle', status: 'draft', visibility: 'org' },
      ]) {
        const response = await reader.agent.get('/skills/skills').query(query).expect(200);
        expect(response.body.data.map((found: Skill) => found.id)).toEqual([skill.id]);
        expect(response.body.data[0].tags).toEqual(['Finance', 'é']);
        expect(response.body.meta.pagination.total).toBe(1);
      }
      const facets = await reader.agent.get('/skills/skills/facets').expect(200);
      expect(facets.body.data).toMatchObject({ categories: ['office'], kinds: ['bundle'] });
      expect(facets.body.data.tags).toContain('Finance');
      expect(facets.body.data.owners).toEqual([expect.objectContaining({ id: ada.documentId })]);
    });

    it('sorts by name without regard to case, and pages', async () => {
      for (const name of ['sorted b', 'Sorted C', 'sorted a']) await createSkill({ name });
      const page = async (number: number, sort: string) => {
        const query = { _q: 'sorted', sort, page: number, pageSize: 2 };
        const response = await reader.agent.get('/skills/skills').query(query).expect(200);
        expect(response.body.meta.pagination).toMatchObject({
          page: number,
          pageSize: 2,
          pageCount: 2,
          total: 3,
        });
        return response.body.data.map((skill: Skill) => skill.name);
      };
      expect(await page(1, 'name:asc')).toEqual(['sorted a', 'sorted b']);
      expect(await page(2, 'name:asc')).toEqual(['Sorted C']);
      expect(await page(1, 'name:DESC')).toEqual(['Sorted C', 'sorted b']);
    });

    it.each(['name', 'kind', 'status', 'lastRunAt', 'createdAt', 'updatedAt'])(
      'can be sorted by %s',
      async (sort) => {
        await reader.agent.get('/skills/skills').query({ sort }).expect(200);
        await reader.agent
          .get('/skills/skills')
          .query({ sort: `${sort}:desc` })
          .expect(200);
      },
    );

    it.each([{ sort: 'owner' }, { pageSize: 101 }, { page: 0 }, { active: 'maybe' }, { status: 'gone' }])(
      'refuses %j and names the field',
      async (query) => {
        const response = await reader.agent.get('/skills/skills').query(query).expect(400);
        expect(response.body.error.details).toMatchObject({
          code: 'invalid-input',
          path: [Object.keys(query)[0]],
        });
      },
    );
  });

  describe('changing one', () => {
    it('finds it by id and by alias', async () => {
      const skill = await createSkill();
      for (const key of [skill.id, skill.alias]) {
        const response = await reader.agent.get(`/skills/skills/${key}`).expect(200);
        expect(response.body.data).toEqual(skill);
      }
    });

    it('counts the revision, and refuses a stale one with both', async () => {
      const skill = await createSkill();
      const url = `/skills/skills/${skill.alias}`;
      const changed = await ada.agent.patch(url).send({ revision: 1, name: 'Renamed' }).expect(200);
      expect(changed.body.data).toMatchObject({ name: 'Renamed', revision: 2 });
      const stale = await ada.agent.patch(url).send({ revision: 1, name: 'Lost' }).expect(409);
      expect(stale.body.error).toMatchObject({
        status: 409,
        name: 'ConflictError',
        details: { code: 'stale-revision', expected: 1, actual: 2 },
      });
    });

    it('lets one of many simultaneous changes of a revision through', async () => {
      const skill = await createSkill();
      const responses = await Promise.all(
        ['a', 'b', 'c', 'd'].map((category) =>
          ada.agent.patch(`/skills/skills/${skill.id}`).send({ revision: 1, category }),
        ),
      );
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    });

    it('refuses an alias that another skill has', async () => {
      const [one, other] = [await createSkill(), await createSkill()];
      const response = await ada.agent
        .patch(`/skills/skills/${other.id}`)
        .send({ revision: 1, alias: one.alias })
        .expect(409);
      expect(response.body.error.details.code).toBe('alias-taken');
    });

    it('is 404 for what is not there, and 403 without the permission', async () => {
      const skill = await createSkill();
      const missing = await ada.agent.patch('/skills/skills/nobody').send({ revision: 1 }).expect(404);
      expect(missing.body.error.details.code).toBe('skill-not-found');
      await reader.agent.patch(`/skills/skills/${skill.id}`).send({ revision: 1, name: 'x' }).expect(403);
    });
  });

  describe('many at once', () => {
    it('activates and deactivates, and says how many changed', async () => {
      const skills = [await createSkill(), await createSkill()];
      const ids = skills.map(({ id }) => id);
      const off = await ada.agent.post('/skills/skills/activation').send({ ids, active: false }).expect(200);
      expect(off.body.data).toEqual({ changed: 2 });
      const again = await ada.agent
        .post('/skills/skills/activation')
        .send({ ids: [...ids, ids[0]], active: false })
        .expect(200);
      expect(again.body.data).toEqual({ changed: 0 });
    });

    it('changes none when one cannot be found', async () => {
      const skill = await createSkill();
      const response = await ada.agent
        .post('/skills/skills/archival')
        .send({ ids: [skill.id, 'nobody'], archived: true })
        .expect(404);
      expect(response.body.error.details.code).toBe('skill-not-found');
      const after = await ada.agent.get(`/skills/skills/${skill.id}`).expect(200);
      expect(after.body.data.archived).toBe(false);
    });

    it('hides archived skills from the list until they are asked for', async () => {
      const skill = await createSkill({ name: 'Put away' });
      await ada.agent
        .post('/skills/skills/archival')
        .send({ ids: [skill.id], archived: true })
        .expect(200);
      const found = async (query: object) => {
        const response = await ada.agent
          .get('/skills/skills')
          .query({ _q: 'put away', ...query })
          .expect(200);
        return response.body.data.length;
      };
      expect(await found({})).toBe(0);
      expect(await found({ archived: 'true' })).toBe(1);
    });

    it('refuses an empty list, and callers without the permission', async () => {
      await ada.agent.post('/skills/skills/activation').send({ ids: [], active: true }).expect(400);
      const ids = [(await createSkill()).id];
      await reader.agent.post('/skills/skills/activation').send({ ids, active: false }).expect(403);
      await reader.agent.post('/skills/skills/archival').send({ ids, archived: true }).expect(403);
    });
  });

  describe('purging one', () => {
    it('asks for the archive first, and leaves nothing', async () => {
      const skill = await createSkill();
      const versions = await ada.agent.get(`/skills/skills/${skill.id}/versions`).expect(200);
      const early = await ada.agent.delete(`/skills/skills/${skill.id}`).expect(409);
      expect(early.body.error.details.code).toBe('not-archived');
      await ada.agent
        .post('/skills/skills/archival')
        .send({ ids: [skill.id], archived: true })
        .expect(200);
      await ada.agent.delete(`/skills/skills/${skill.id}`).expect(204);
      await ada.agent.get(`/skills/skills/${skill.id}`).expect(404);
      await ada.agent.get(`/skills/versions/${versions.body.data[0].id}`).expect(404);
    });

    it('is a permission of its own', async () => {
      const skill = await createSkill();
      const editor = await app.admin(['skills.read', 'skills.update', 'skills.archive']);
      await editor.agent
        .post('/skills/skills/archival')
        .send({ ids: [skill.id], archived: true })
        .expect(200);
      await editor.agent.delete(`/skills/skills/${skill.id}`).expect(403);
    });
  });

  describe('private skills', () => {
    it("are not there for others, whatever they try, and are for those who may see others'", async () => {
      const owner = await app.admin(['skills.read', 'skills.create', 'skills.update']);
      const skill = await createSkill({ name: 'My secret', visibility: 'user' }, owner);
      const other = await app.admin([
        'skills.read',
        'skills.update',
        'skills.publish',
        'skills.archive',
        'skills.purge',
      ]);
      const { id } = skill;
      const version = skill.currentVersion.id;
      const edit = { versionId: version, revision: 1 };
      const attempts = [
        other.agent.get(`/skills/skills/${id}`),
        other.agent.get(`/skills/skills/${skill.alias}`),
        other.agent.patch(`/skills/skills/${id}`).send({ revision: 1 }),
        other.agent.delete(`/skills/skills/${id}`),
        other.agent.post('/skills/skills/activation').send({ ids: [id], active: false }),
        other.agent.post('/skills/skills/archival').send({ ids: [id], archived: true }),
        other.agent.get(`/skills/skills/${id}/versions`),
        other.agent.get(`/skills/skills/${id}/files`),
        other.agent.get(`/skills/skills/${id}/files/SKILL.md`),
        other.agent
          .put(`/skills/skills/${id}/files/a.txt`)
          .set({
            'X-Version-Id': version,
            'X-Version-Revision': '1',
            'Content-Type': 'application/octet-stream',
          })
          .send('x'),
        other.agent.post(`/skills/skills/${id}/file-moves`).send({ ...edit, from: 'SKILL.md', to: 'b.md' }),
        other.agent.patch(`/skills/skills/${id}/frontmatter`).send({ ...edit, values: {} }),
        other.agent.post(`/skills/skills/${id}/repairs`).send(edit),
        other.agent.get(`/skills/versions/${version}`),
        other.agent.get(`/skills/versions/${version}/files/SKILL.md`),
        other.agent.get(`/skills/versions/${version}/archive`),
        other.agent.post(`/skills/versions/${version}/publication`).send({}),
        other.agent.delete(`/skills/skills/${id}/publication`),
      ];
      for (const attempt of attempts) {
        const response = await attempt;
        expect([response.request.method, response.request.url, response.status]).toEqual([
          response.request.method,
          response.request.url,
          404,
        ]);
        expect(response.body.error.details.code).toBe('skill-not-found');
      }
      const listed = await other.agent.get('/skills/skills').query({ _q: 'secret' }).expect(200);
      expect(listed.body).toMatchObject({ data: [], meta: { pagination: { total: 0 } } });

      for (const caller of [owner, await app.admin(['skills.read', 'skills.read-private'])]) {
        const seen = await caller.agent.get('/skills/skills').query({ _q: 'secret' }).expect(200);
        expect(seen.body.data.map((found: Skill) => found.id)).toEqual([id]);
        await caller.agent.get(`/skills/skills/${id}`).expect(200);
      }
    });

    it('made by an admin token belong to the person whose token it is', async () => {
      const token = await app.adminToken(['skills.read', 'skills.create']);
      const skill = await createSkill({ visibility: 'user' }, token);
      expect(skill.owner).toMatchObject({ type: 'admin-user', id: token.ownerId });
      const versions = await token.agent.get(`/skills/skills/${skill.id}/versions`).expect(200);
      expect(versions.body.data[0].createdBy).toMatchObject({ type: 'admin-token', id: token.documentId });
      await reader.agent.get(`/skills/skills/${skill.id}`).expect(404);
    });
  });

  it('tells the limits that uploads must keep', async () => {
    const response = await reader.agent.get('/skills/settings/limits').expect(200);
    expect(response.body.data.bundle).toEqual({
      maxBytes: 30 * 1024 * 1024,
      maxFiles: 500,
      maxFileBytes: 25 * 1024 * 1024,
      maxPathBytes: 512,
      maxDepth: 16,
    });
  });
});
