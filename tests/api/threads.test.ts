import { randomUUID } from 'node:crypto';
import type { Run, Thread } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf } from '../../server/src/domains/skills';
import { threadsOf } from '../../server/src/domains/threads';
import { databaseOf } from '../../server/src/platform/database';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

describe('threads', () => {
  let app: BootedStrapi;
  let ada: Caller;

  beforeAll(async () => {
    app = await bootStrapi();
    ada = await app.admin();
    await createRunnableSkill(app.strapi, { alias: 'echo', script: 'echo "{}"' });
    await createRunnableSkill(app.strapi, { alias: 'other', script: 'echo "{}"' });
    await createRunnableSkill(app.strapi, { alias: 'endless', script: 'echo started; sleep 60' });
    await createRunnableSkill(app.strapi, {
      alias: 'secret',
      script: 'echo "{}"',
      visibility: 'user',
      owner: { type: 'admin-user', id: ada.documentId, name: 'Ada' },
      published: false,
    });
  });

  afterAll(async () => {
    await app?.destroy();
  });

  async function create(alias: string, name: string, caller = ada): Promise<Thread> {
    const { body } = await caller.agent.post(`/skills/skills/${alias}/threads`).send({ name }).expect(201);
    return body.data;
  }

  async function read(id: string): Promise<Thread> {
    return (await ada.agent.get(`/skills/threads/${id}`).expect(200)).body.data;
  }

  async function list(alias: string, query = ''): Promise<Thread[]> {
    return (await ada.agent.get(`/skills/skills/${alias}/threads${query}`).expect(200)).body.data;
  }

  async function start(alias: string, thread: string): Promise<Run> {
    const { body } = await ada.agent.post(`/skills/skills/${alias}/runs`).send({ thread }).expect(201);
    return body.data;
  }

  const readRun = async (id: string): Promise<Run> =>
    (await ada.agent.get(`/skills/runs/${id}`).expect(200)).body.data;

  const ended = (id: string) =>
    eventually(async () => {
      const run = await readRun(id);
      return run.finishedAt !== null && run;
    });

  it('are made, read, renamed and deleted', async () => {
    const thread = await create('echo', '  Figma blog  ');
    expect(thread).toMatchObject({
      name: 'Figma blog',
      createdBy: { type: 'admin-user', id: ada.documentId },
      runCount: 0,
      activeRuns: 0,
      activeAt: thread.createdAt,
    });
    expect(await read(thread.id)).toEqual(thread);
    const renamed = await ada.agent
      .patch(`/skills/threads/${thread.id}`)
      .send({ name: 'Airbnb blog' })
      .expect(200);
    expect(renamed.body.data).toEqual({ ...thread, name: 'Airbnb blog' });
    // The same name again is no failure, though it changes no row.
    await ada.agent.patch(`/skills/threads/${thread.id}`).send({ name: 'Airbnb blog' }).expect(200);
    await ada.agent.delete(`/skills/threads/${thread.id}`).expect(204);
    const missing = await ada.agent.get(`/skills/threads/${thread.id}`).expect(404);
    expect(missing.body.error).toMatchObject({ details: { code: 'thread-not-found' } });
    await ada.agent.delete(`/skills/threads/${thread.id}`).expect(404);
    await ada.agent.patch(`/skills/threads/${thread.id}`).send({ name: 'Gone' }).expect(404);
  });

  it('keep a name that databases find hard, and refuse none and a long one', async () => {
    const name = 'Null \u0000, half \ud800 and 🙂 "quoted"';
    expect((await create('echo', name)).name).toBe(name);
    for (const wrong of ['', '   ', 'x'.repeat(256), 7, null]) {
      const { body } = await ada.agent.post('/skills/skills/echo/threads').send({ name: wrong }).expect(400);
      expect(body.error.details).toMatchObject({ code: 'invalid-input', path: ['name'] });
    }
    await ada.agent.post('/skills/skills/echo/threads').send({}).expect(400);
  });

  it('are listed by their skill, the last active first, in pages', async () => {
    const skill = await createRunnableSkill(app.strapi, { alias: 'listed', script: 'echo "{}"' });
    const threads = threadsOf(app.strapi);
    const [one, two, three] = [
      await create('listed', 'One'),
      await create('listed', 'Two'),
      await create('listed', 'Three'),
    ];
    const later = Date.parse(three.createdAt) + 1_000;
    await threads.touch(one.id, later);
    await threads.touch(two.id, later + 1);
    // An older run, stored late, moves nothing back.
    await threads.touch(two.id, 5);
    const names = async (query: string) => (await list(skill.id, query)).map(({ name }) => name);
    expect(await names('')).toEqual(['Two', 'One', 'Three']);
    expect(await names('?page=2&pageSize=2')).toEqual(['Three']);
    const { body } = await ada.agent.get(`/skills/skills/${skill.id}/threads?pageSize=2`).expect(200);
    expect(body.meta.pagination).toEqual({ page: 1, pageSize: 2, pageCount: 2, total: 3 });
  });

  it('belong to one skill', async () => {
    const thread = await create('echo', 'Of echo');
    const [echo, other] = await Promise.all(
      ['echo', 'other'].map((alias) => skillsOf(app.strapi).get(alias, serverViewer)),
    );
    const threads = threadsOf(app.strapi);
    await threads.assertThread(thread.id, echo!.id);
    const refusal = { details: { code: 'thread-not-found', path: ['thread'] } };
    await expect(threads.assertThread(thread.id, other!.id)).rejects.toMatchObject(refusal);
    await expect(threads.assertThread(randomUUID(), echo!.id)).rejects.toMatchObject(refusal);
    await expect(threads.touch(randomUUID(), Date.now())).rejects.toMatchObject(refusal);
    expect((await list('other')).map(({ id }) => id)).not.toContain(thread.id);
  });

  describe('with runs', () => {
    it('hold what was started in them, and nothing else', async () => {
      const [mine, neighbour] = [await create('echo', 'Mine'), await create('echo', 'Neighbour')];
      const run = await ended((await start('echo', mine.id)).id);
      expect(run.threadId).toBe(mine.id);
      const { body } = await ada.agent.get(`/skills/runs?thread=${mine.id}`).expect(200);
      expect(body.data.map(({ id }: Run) => id)).toEqual([run.id]);
      expect(await read(mine.id)).toMatchObject({ runCount: 1, activeRuns: 0, activeAt: run.createdAt });
      expect(await read(neighbour.id)).toMatchObject({ runCount: 0 });
    });

    it("are refused where they are another skill's, or gone", async () => {
      const thread = await create('echo', 'Of echo');
      for (const wrong of [thread.id, randomUUID()]) {
        const { body } = await ada.agent
          .post('/skills/skills/other/runs')
          .send({ thread: wrong })
          .expect(404);
        expect(body.error.details).toMatchObject({ code: 'thread-not-found', path: ['thread'] });
      }
    });

    it('leave their runs alone when they are deleted, also those that go on', async () => {
      const thread = await create('endless', 'Short-lived');
      const { id } = await start('endless', thread.id);
      await eventually(async () => (await readRun(id)).status === 'running');
      expect(await read(thread.id)).toMatchObject({ runCount: 1, activeRuns: 1 });
      await ada.agent.delete(`/skills/threads/${thread.id}`).expect(204);
      expect(await readRun(id)).toMatchObject({ status: 'running', threadId: null });
      await ada.agent.post(`/skills/runs/${id}/cancellation`).expect(200);
      await ended(id);
    });

    it('never leave a run in a thread that is gone, whoever comes first', async () => {
      for (let round = 0; round < 5; round += 1) {
        const thread = await create('echo', `Round ${round}`);
        const [started] = await Promise.all([
          ada.agent.post('/skills/skills/echo/runs').send({ thread: thread.id }),
          ada.agent.delete(`/skills/threads/${thread.id}`).expect(204),
        ]);
        expect([201, 404]).toContain(started.status);
        if (started.status === 201) expect((await ended(started.body.data.id)).threadId).toBeNull();
      }
    });
  });

  describe('permissions', () => {
    it('are those of runs', async () => {
      const thread = await create('echo', 'Guarded');
      const reader = await app.admin(['skills.read', 'runs.read']);
      await reader.agent.get('/skills/skills/echo/threads').expect(200);
      await reader.agent.get(`/skills/threads/${thread.id}`).expect(200);
      await reader.agent.post('/skills/skills/echo/threads').send({ name: 'No' }).expect(403);
      await reader.agent.patch(`/skills/threads/${thread.id}`).send({ name: 'No' }).expect(403);
      await reader.agent.delete(`/skills/threads/${thread.id}`).expect(403);
      const nobody = await app.admin(['skills.read']);
      await nobody.agent.get('/skills/skills/echo/threads').expect(403);
      await app.anonymous.get('/skills/skills/echo/threads').expect(401);
    });

    it("hide the threads of others' private skills", async () => {
      const thread = await create('secret', 'Private');
      const other = await app.admin(['skills.read', 'runs.read', 'runs.start']);
      await other.agent.get('/skills/skills/secret/threads').expect(404);
      await other.agent.post('/skills/skills/secret/threads').send({ name: 'In' }).expect(404);
      const { body } = await other.agent.get(`/skills/threads/${thread.id}`).expect(404);
      expect(body.error.details).toMatchObject({ code: 'thread-not-found' });
      await other.agent.patch(`/skills/threads/${thread.id}`).send({ name: 'In' }).expect(404);
      await other.agent.delete(`/skills/threads/${thread.id}`).expect(404);
    });
  });

  it('go with their skill when it is purged', async () => {
    const { id } = await createRunnableSkill(app.strapi, { alias: 'doomed', script: 'echo "{}"' });
    const thread = await create('doomed', 'Last words');
    await ended((await start('doomed', thread.id)).id);
    await ada.agent
      .post('/skills/skills/archival')
      .send({ ids: [id], archived: true })
      .expect(200);
    await ada.agent.delete(`/skills/skills/${id}`).expect(204);
    const rows = await databaseOf(app.strapi).run((knex) => knex('skills_threads').where({ skill_id: id }));
    expect(rows).toEqual([]);
  });
});
