import type { Run, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { readEventStream } from '../support/event-streams';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const ECHO = `echo "hello from the script"
cat "$SKILL_INPUT" > "$SKILL_OUTPUT_DIR/output.json"
printf 'a,b\\n1,2\\n' > "$SKILL_OUTPUT_DIR/table.csv"
mkdir "$SKILL_OUTPUT_DIR/pages"
printf '<script>alert(1)</script>' > "$SKILL_OUTPUT_DIR/pages/übersicht 1.html"
`;

const SLOW = `for n in 1 2 3 4 5 6 7 8 9 10; do echo "line $n"; sleep 0.05; done; echo '{"done": true}'`;

const READER = `for file in "$SKILL_INPUT_DIR"/*; do echo "$(basename "$file"): $(cat "$file")"; done; echo '{}'`;

const READER_INPUTS = `inputs:
  - name: table
    type: file
    mime: text/csv
    maxSize: 20
    required: true
  - name: count
    type: integer
`;

describe('runs in the backoffice', () => {
  let app: BootedStrapi;
  let admin: Caller;

  beforeAll(async () => {
    app = await bootStrapi({ config: { run: { maxInputBytes: 1000, maxInputFileBytes: 1000 } } });
    admin = await app.admin();
    await createRunnableSkill(app.strapi, { alias: 'echo', script: ECHO });
    await createRunnableSkill(app.strapi, { alias: 'slow', script: SLOW });
    await createRunnableSkill(app.strapi, { alias: 'endless', script: 'echo started; sleep 60' });
    await createRunnableSkill(app.strapi, { alias: 'reader', script: READER, frontmatter: READER_INPUTS });
  });

  afterAll(async () => {
    await app.destroy();
  });

  async function start(alias: string, body: object = {}, caller = admin): Promise<Run> {
    const response = await caller.agent.post(`/skills/skills/${alias}/runs`).send(body).expect(201);
    return response.body.data;
  }

  function until(id: string, condition: (run: Run) => boolean): Promise<Run> {
    return eventually(async () => {
      const { body } = await admin.agent.get(`/skills/runs/${id}`).expect(200);
      return condition(body.data) && body.data;
    });
  }

  const ended = (id: string) => until(id, ({ finishedAt }) => finishedAt !== null);

  function stream(id: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
    return fetch(`${app.url}/skills/runs/${id}/events`, {
      headers: { Authorization: `Bearer ${admin.token}`, Accept: 'text/event-stream', ...headers },
      signal,
    });
  }

  describe('starting', () => {
    it('executes in a sandbox and keeps output, artifacts and every event', async () => {
      const response = await admin.agent
        .post('/skills/skills/echo/runs')
        .send({ input: { n: 1 } })
        .expect(201);
      expect(response.headers.location).toBe(`/skills/runs/${response.body.data.id}`);
      const run = await ended(response.body.data.id);
      expect(run).toMatchObject({
        status: 'completed',
        skill: { alias: 'echo', kind: 'bundle' },
        version: { number: 1 },
        origin: 'panel',
        startedBy: { type: 'admin-user', id: admin.documentId },
        input: { n: 1 },
        output: { n: 1 },
        error: null,
      });
      expect(run.artifacts.map(({ name }) => name)).toEqual(['pages/übersicht 1.html', 'table.csv']);
      expect(run.isolation).toBeTruthy();
      expect(run.durationMs).toBeGreaterThan(0);
      const events = await admin.agent.get(`/skills/runs/${run.id}/events?limit=1000`).expect(200);
      expect(events.body.meta).toEqual({ lastSeq: run.lastSeq, ended: true });
      expect(events.body.data.map(({ seq }: RunEvent) => seq)).toEqual(
        Array.from({ length: run.lastSeq }, (_, index) => index + 1),
      );
      expect(JSON.stringify(events.body.data)).toContain('hello from the script');
    });

    it('writes the last run on the skill and freezes the version', async () => {
      const run = await ended((await start('echo')).id);
      const skill = await admin.agent.get('/skills/skills/echo').expect(200);
      expect(skill.body.data.lastRun).toMatchObject({ id: run.id, status: 'completed' });
      const version = await admin.agent.get(`/skills/versions/${run.version.id}`).expect(200);
      expect(version.body.data.state).toBe('frozen');
    });

    it('is open to an admin token, which is named as the starter', async () => {
      const token = await app.adminToken(['runs.start', 'skills.read']);
      const run = await start('echo', { input: {} }, token);
      expect(run.startedBy).toMatchObject({ type: 'admin-token', id: token.documentId });
    });

    it('hands over input files by the declared names', async () => {
      const response = await admin.agent
        .post('/skills/skills/reader/runs')
        .field('payload', JSON.stringify({ input: { count: 2 } }))
        .attach('table', Buffer.from('x,y'), { filename: 'Numbers 1.csv', contentType: 'text/csv' })
        .expect(201);
      const run = await ended(response.body.data.id);
      expect(run.inputFiles).toMatchObject([{ name: 'table.csv', mime: 'text/csv', size: 3 }]);
      const events = await admin.agent.get(`/skills/runs/${run.id}/events`).expect(200);
      expect(JSON.stringify(events.body.data)).toContain('table.csv: x,y');
      const file = await admin.agent.get(`/skills/runs/${run.id}/input-files/table.csv`).expect(200);
      expect(file.text).toBe('x,y');
    });

    const csv = (content: string, contentType = 'text/csv') => ({
      content: Buffer.from(content),
      contentType,
    });
    it.each([
      ['of another type', csv('x', 'image/png'), 400, 'input-file-type'],
      ['over the declared size', csv('x'.repeat(21)), 400, 'input-file-size'],
      ['over the configured size', csv('x'.repeat(1001)), 413, 'upload-too-large'],
    ])('refuses an input file %s', async (_what, { content, contentType }, status, code) => {
      const response = await admin.agent
        .post('/skills/skills/reader/runs')
        .attach('table', content, { filename: 'a.csv', contentType })
        .expect(status);
      expect(response.body.error.details.code).toBe(code);
    });

    it('refuses a file for an input that was not declared, and a payload that is no JSON', async () => {
      const undeclared = await admin.agent
        .post('/skills/skills/reader/runs')
        .attach('picture', Buffer.from('x'), { filename: 'a.png' })
        .expect(400);
      expect(undeclared.body.error.details).toMatchObject({
        code: 'input-file-undeclared',
        path: ['picture'],
      });
      const broken = await admin.agent.post('/skills/skills/reader/runs').field('payload', '{').expect(400);
      expect(broken.body.error.details).toMatchObject({ code: 'payload-invalid', path: ['payload'] });
    });

    it.each([
      ['a prompt for a script alone', { prompt: 'Hello', execution: 'sandbox' }, 'prompt-unsupported'],
      ['a prompt while no agent has a model', { prompt: 'Hello' }, 'connection-required'],
      ['a version that no skill has', { version: 0 }, 'invalid-input'],
      ['an input that is too large', { input: 'x'.repeat(1001) }, 'input-too-large'],
    ])('refuses %s', async (_what, body, code) => {
      const response = await admin.agent.post('/skills/skills/echo/runs').send(body).expect(400);
      expect(response.body.error.details.code).toBe(code);
    });

    it('refuses an unknown version, and a skill that there is not', async () => {
      await admin.agent.post('/skills/skills/echo/runs').send({ version: 99 }).expect(404);
      await admin.agent.post('/skills/skills/nothing/runs').send({}).expect(404);
    });

    it('refuses a version that has errors', async () => {
      const broken = await admin.agent
        .post('/skills/skills')
        .send({ name: 'Broken', alias: 'broken', description: 'It will have errors.' })
        .expect(201);
      const { id, revision } = (await admin.agent.get('/skills/skills/broken/files').expect(200)).body.data;
      await admin.agent
        .put('/skills/skills/broken/files/SKILL.md')
        .set({
          'X-Version-Id': id,
          'X-Version-Revision': String(revision),
          'Content-Type': 'application/octet-stream',
        })
        .send(Buffer.from('no frontmatter'))
        .expect(200);
      const response = await admin.agent
        .post(`/skills/skills/${broken.body.data.id}/runs`)
        .send({})
        .expect(400);
      expect(response.body.error.details.code).toBe('version-invalid');
    });

    it('answers the same run to a repeated Idempotency-Key, and 409 to a reused one', async () => {
      const send = (n: number) =>
        admin.agent.post('/skills/skills/echo/runs').set('Idempotency-Key', 'key-1').send({ input: { n } });
      const [first, second] = await Promise.all([send(1), send(1)]);
      expect(second.body.data.id).toBe(first.body.data.id);
      const reused = await send(2).expect(409);
      expect(reused.body.error.details.code).toBe('idempotency-key-reused');
    });

    it('answers with the live stream to a client that asks for one', async () => {
      const response = await fetch(`${app.url}/skills/skills/slow/runs`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${admin.token}`,
          Accept: 'text/event-stream',
          'Content-Type': 'application/json',
        },
        body: '{}',
      });
      const events = await readEventStream(response);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.at(-1)?.payload).toMatchObject({ type: 'run-end', status: 'completed' });
      expect(response.headers.get('location')).toBe(`/skills/runs/${events[0]?.runId}`);
    });
  });

  describe('cancelling', () => {
    it('stops a running script within a second', async () => {
      const { id } = await start('endless');
      await until(id, ({ status, lastSeq }) => status === 'running' && lastSeq > 1);
      await admin.agent.post(`/skills/runs/${id}/cancellation`).expect(200);
      const answeredAt = Date.now();
      const run = await ended(id);
      expect(Date.parse(run.finishedAt ?? '') - answeredAt).toBeLessThan(1_000);
      expect(run).toMatchObject({ status: 'cancelled', error: null });
      const again = await admin.agent.post(`/skills/runs/${id}/cancellation`).expect(409);
      expect(again.body.error.details.code).toBe('run-ended');
    });
  });

  describe('artifacts', () => {
    it('are sent so that nothing in them can run', async () => {
      const run = await ended((await start('echo')).id);
      const html = await admin.agent
        .get(`/skills/runs/${run.id}/artifacts/pages/${encodeURIComponent('übersicht 1.html')}`)
        .expect(200);
      expect(html.headers['content-disposition']).toMatch(/^attachment/);
      expect(html.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
      expect(html.headers['x-content-type-options']).toBe('nosniff');

      const csv = await admin.agent.get(`/skills/runs/${run.id}/artifacts/table.csv`).expect(200);
      expect(csv.headers['content-disposition']).toMatch(/^inline/);
      expect(csv.text).toBe('a,b\n1,2\n');
      const saved = await admin.agent.get(`/skills/runs/${run.id}/artifacts/table.csv?download`).expect(200);
      expect(saved.headers['content-disposition']).toMatch(/^attachment/);
      await admin.agent
        .get(`/skills/runs/${run.id}/artifacts/table.csv`)
        .set('If-None-Match', csv.headers.etag ?? '')
        .expect(304);
    });

    it('are 404 when there is none of that name, nor can a path lead out', async () => {
      const run = await ended((await start('echo')).id);
      await admin.agent.get(`/skills/runs/${run.id}/artifacts/nothing.txt`).expect(404);
      await admin.agent.get(`/skills/runs/${run.id}/artifacts/..%2F..%2Fetc%2Fpasswd`).expect(404);
    });
  });

  describe('lists and figures', () => {
    it('narrow by skill, status, origin and who, and refuse what they do not know', async () => {
      const { id } = await ended((await start('echo')).id);
      const list = await admin.agent
        .get(
          `/skills/runs?skill=echo&status=completed&origin=panel&startedBy=${admin.documentId}&sort=createdAt:desc`,
        )
        .expect(200);
      expect(list.body.data[0].id).toBe(id);
      expect(list.body.data.every((run: Run) => run.skill?.alias === 'echo')).toBe(true);
      expect(list.body.data[0]).not.toHaveProperty('input');
      expect(list.body.meta.pagination).toMatchObject({ page: 1, pageSize: 10 });
      expect((await admin.agent.get('/skills/runs?skill=nothing').expect(200)).body.data).toEqual([]);
      await admin.agent.get('/skills/runs?sort=secret').expect(400);
      await admin.agent.get('/skills/runs?status=odd').expect(400);
    });

    it('name who has started runs', async () => {
      const { body } = await admin.agent.get('/skills/runs/starters').expect(200);
      expect(body.data).toContainEqual(expect.objectContaining({ type: 'admin-user', id: admin.documentId }));
    });

    it('say what isolation runs have here', async () => {
      const { body } = await admin.agent.get('/skills/sandbox').expect(200);
      expect(body.data.implementations.map(({ name }: { name: string }) => name).sort()).toEqual([
        'bubblewrap',
        'just-bash',
      ]);
      expect(body.data).toMatchObject({ minimum: 'in-process', networkAllowed: false });
      expect(body.data.notes.length).toBeGreaterThan(0);
      const { isolation } = await ended((await start('echo')).id);
      expect(body.data.isolation).toBe(isolation);
      const role = await app.admin(['runs.read']);
      await role.agent.get('/skills/sandbox').expect(403);
    });

    it('count for the homepage', async () => {
      const { body } = await admin.agent.get('/skills/statistics').expect(200);
      expect(body.data.runsLastHour).toBeGreaterThan(0);
      expect(body.data.successRate).toBeGreaterThan(0);
      expect(body.data.medianDurationMs).toBeGreaterThan(0);
      expect(body.data.skills).toBeGreaterThanOrEqual(4);
    });
  });

  describe('permissions', () => {
    const routes = (id: string) =>
      [
        ['post', '/skills/skills/echo/runs', 'runs.start'],
        ['get', '/skills/runs', 'runs.read'],
        ['get', '/skills/runs/starters', 'runs.read'],
        ['get', `/skills/runs/${id}`, 'runs.read'],
        ['get', `/skills/runs/${id}/events`, 'runs.read'],
        ['get', `/skills/runs/${id}/artifacts/table.csv`, 'runs.read'],
        ['get', `/skills/runs/${id}/input-files/a`, 'runs.read'],
        ['post', `/skills/runs/${id}/cancellation`, 'runs.cancel'],
        ['get', '/skills/statistics', 'runs.read'],
      ] as const;

    it('are asked for on every route', async () => {
      const { id } = await ended((await start('echo')).id);
      for (const [method, path, permission] of routes(id)) {
        const others = ['runs.read', 'runs.start', 'runs.cancel'].filter((action) => action !== permission);
        const role = await app.admin(['skills.read', ...others]);
        await app.anonymous[method](path).expect(401);
        await role.agent[method](path).expect(403);
        const granted = await app.admin([permission]);
        expect([200, 201, 404, 409]).toContain((await granted.agent[method](path)).status);
      }
    });

    it("hide the runs of somebody else's private skill", async () => {
      const owner = { type: 'admin-user', id: admin.documentId, name: 'Ada' } as const;
      await createRunnableSkill(app.strapi, { alias: 'secret', script: ECHO, visibility: 'user', owner });
      const { id } = await ended((await start('secret')).id);
      const other = await app.admin(['skills.read', 'runs.read', 'runs.start', 'runs.cancel']);
      for (const [method, path, permission] of routes(id)) {
        if (path.includes(id)) await other.agent[method](path).expect(404);
        expect(permission).toBeTruthy();
      }
      await other.agent.post('/skills/skills/secret/runs').send({}).expect(404);
      const seen = (await other.agent.get('/skills/runs?pageSize=100').expect(200)).body.data;
      expect(seen.map((run: Run) => run.id)).not.toContain(id);
      const privileged = await app.admin(['runs.read', 'skills.read-private']);
      await privileged.agent.get(`/skills/runs/${id}`).expect(200);
    });

    it('end a stream when they are taken away', async () => {
      const { id } = await start('endless');
      const response = await stream(id);
      const user = await app.strapi.db
        .query('admin::user')
        .findOne({ where: { documentId: admin.documentId } });
      await app.strapi.db.query('admin::user').update({ where: { id: user.id }, data: { isActive: false } });
      const events = await readEventStream(response);
      expect(events.map(({ payload }) => payload).filter(({ type }) => type === 'run-end')).toEqual([]);
      await app.strapi.db.query('admin::user').update({ where: { id: user.id }, data: { isActive: true } });
      await admin.agent.post(`/skills/runs/${id}/cancellation`).expect(200);
    });
  });

  it('removes the runs of a purged skill', async () => {
    await createRunnableSkill(app.strapi, { alias: 'purged', script: ECHO });
    const { id, skill } = await ended((await start('purged')).id);
    await admin.agent
      .post('/skills/skills/archival')
      .send({ ids: [skill?.id], archived: true })
      .expect(200);
    const refused = await admin.agent.post('/skills/skills/purged/runs').send({}).expect(409);
    expect(refused.body.error.details.code).toBe('skill-archived');
    await admin.agent.get(`/skills/runs/${id}`).expect(200);
    await admin.agent.delete('/skills/skills/purged').expect(204);
    await admin.agent.get(`/skills/runs/${id}`).expect(404);
  });
});
