import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { readEventStream } from '../support/event-streams';
import { changeScript, createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const ECHO = `echo working; cp "$SKILL_INPUT" "$SKILL_OUTPUT_DIR/output.json"; echo hi > "$SKILL_OUTPUT_DIR/note.txt"`;
const ALL = ['run.create', 'run.findOwn', 'run.findOne', 'run.events', 'run.artifact', 'run.cancel'];

describe('runs of agents', () => {
  let app: BootedStrapi;
  let agent: Caller;
  let other: Caller;

  beforeAll(async () => {
    app = await bootStrapi();
    agent = await app.contentToken(ALL);
    other = await app.contentToken(ALL);
    await createRunnableSkill(app.strapi, { alias: 'echo', script: ECHO });
    await createRunnableSkill(app.strapi, { alias: 'endless', script: 'echo started; sleep 60' });
  });

  afterAll(async () => {
    await app.destroy();
  });

  async function start(alias: string, body: object = {}, caller = agent): Promise<Run> {
    const response = await caller.agent.post(`/api/skills/${alias}/runs`).send(body).expect(201);
    return response.body.data;
  }

  function ended(id: string, caller = agent): Promise<Run> {
    return eventually(async () => {
      const { body } = await caller.agent.get(`/api/skill-runs/${id}`).expect(200);
      return body.data.finishedAt !== null && body.data;
    });
  }

  const routes = (id: string) =>
    [
      ['post', '/api/skills/echo/runs', 'run.create'],
      ['get', '/api/skills/echo/runs', 'run.findOwn'],
      ['get', `/api/skill-runs/${id}`, 'run.findOne'],
      ['get', `/api/skill-runs/${id}/events`, 'run.events'],
      ['get', `/api/skill-runs/${id}/artifacts/note.txt`, 'run.artifact'],
      ['post', `/api/skill-runs/${id}/cancellation`, 'run.cancel'],
    ] as const;

  it('are started, watched and read with a token', async () => {
    const response = await agent.agent
      .post('/api/skills/echo/runs')
      .send({ input: { n: 1 } })
      .expect(201);
    expect(response.headers.location).toBe(`/api/skill-runs/${response.body.data.id}`);
    const run = await ended(response.body.data.id);
    expect(run).toMatchObject({
      status: 'completed',
      origin: 'api',
      output: { n: 1 },
      skill: { alias: 'echo' },
      startedBy: { type: 'api-token', id: agent.documentId },
    });
    const own = await agent.agent.get('/api/skills/echo/runs').expect(200);
    expect(own.body.data[0].id).toBe(run.id);
    const artifact = await agent.agent.get(`/api/skill-runs/${run.id}/artifacts/note.txt`).expect(200);
    expect(artifact.text).toBe('hi\n');
  });

  it('need the grant of each route', async () => {
    const run = await ended((await start('echo')).id);
    for (const [method, path, grant] of routes(run.id)) {
      const without = await app.contentToken(ALL.filter((action) => action !== grant));
      expect([401, 403]).toContain((await app.anonymous[method](path)).status);
      await without.agent[method](path).expect(403);
    }
  });

  it('belong to who started them: nobody else may see or cancel them', async () => {
    const run = await ended((await start('echo')).id);
    const user = await app.user(ALL);
    for (const stranger of [other, user]) {
      for (const [method, path] of routes(run.id)) {
        if (!path.includes(run.id)) continue;
        const response = await stranger.agent[method](path).expect(404);
        expect(response.body.error.details.code).toBe('run-not-found');
      }
      const own = await stranger.agent.get('/api/skills/echo/runs').expect(200);
      expect(own.body.data.map(({ id }: Run) => id)).not.toContain(run.id);
    }
    await agent.agent.get('/api/skill-runs/no-such-run').expect(404);
  });

  it('belong to a user of users-permissions as well', async () => {
    const user = await app.user(ALL);
    const run = await ended((await start('echo', {}, user)).id, user);
    expect(run.startedBy).toMatchObject({ type: 'user', id: user.documentId });
    await agent.agent.get(`/api/skill-runs/${run.id}`).expect(404);
  });

  it('of anonymous callers are reached by their id, and listed to nobody', async () => {
    await app.grantPublic(ALL);
    const response = await app.anonymous.post('/api/skills/echo/runs').send({}).expect(201);
    const { id } = response.body.data;
    await app.anonymous.get(`/api/skill-runs/${id}`).expect(200);
    expect((await app.anonymous.get('/api/skills/echo/runs').expect(200)).body.data).toEqual([]);
    await agent.agent.get(`/api/skill-runs/${id}`).expect(404);
    const run = await start('echo');
    await app.anonymous.get(`/api/skill-runs/${run.id}`).expect(404);
  });

  it('get the published version, or any that was ever published, and no draft', async () => {
    await createRunnableSkill(app.strapi, { alias: 'versioned', script: 'echo 1' });
    await changeScript(app.strapi, { alias: 'versioned', script: 'echo 2' });
    await changeScript(app.strapi, { alias: 'versioned', script: 'echo 3', published: false });
    expect((await start('versioned')).version.number).toBe(2);
    const first = await start('versioned', { version: 1 });
    expect(await ended(first.id)).toMatchObject({ version: { number: 1 }, output: 1 });
    const draft = await agent.agent.post('/api/skills/versioned/runs').send({ version: 3 }).expect(404);
    expect(draft.body.error.details.code).toBe('version-not-found');
  });

  it('are refused for skills that agents are not served', async () => {
    await createRunnableSkill(app.strapi, { alias: 'draft', script: ECHO, published: false });
    await createRunnableSkill(app.strapi, { alias: 'private', script: ECHO, visibility: 'user' });
    for (const alias of ['draft', 'private', 'nothing']) {
      const response = await agent.agent.post(`/api/skills/${alias}/runs`).send({}).expect(404);
      expect(response.body.error.details.code).toBe('skill-not-found');
      await agent.agent.get(`/api/skills/${alias}/runs`).expect(404);
    }
  });

  it('are refused with a code when the request is wrong', async () => {
    const post = (body: object) => agent.agent.post('/api/skills/echo/runs').send(body).expect(400);
    expect((await post({ prompt: 'Hi' })).body.error.details.code).toBe('connection-required');
    const script = { prompt: 'Hi', execution: 'sandbox' };
    expect((await post(script)).body.error.details.code).toBe('prompt-unsupported');
    expect((await post({ version: 'x' })).body.error.details).toMatchObject({
      code: 'invalid-input',
      path: ['version'],
    });
    await agent.agent.get('/api/skills/echo/runs?sort=output').expect(400);
    const run = await start('echo');
    await agent.agent.get(`/api/skill-runs/${run.id}/events?limit=0`).expect(400);
  });

  it('are started once for an Idempotency-Key, which belongs to its caller alone', async () => {
    const send = (caller: Caller, n: number) =>
      caller.agent.post('/api/skills/echo/runs').set('Idempotency-Key', 'one').send({ input: { n } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(agent, 1).expect(201)));
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(4);
    const reused = await send(agent, 2).expect(409);
    expect(reused.body.error.details.code).toBe('idempotency-key-reused');
    const others = await send(other, 2).expect(201);
    expect(others.body.data.id).not.toBe(answers[0]?.body.data.id);
  });

  it('stream live when the client asks for it, and can be resumed', async () => {
    const headers = {
      Authorization: `Bearer ${agent.token}`,
      Accept: 'text/event-stream',
      'Content-Type': 'application/json',
    };
    const started = await fetch(`${app.url}/api/skills/echo/runs`, { method: 'POST', headers, body: '{}' });
    const events = await readEventStream(started);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.payload).toMatchObject({ type: 'run-end', status: 'completed' });

    const url = `${app.url}${started.headers.get('location')}/events`;
    const resumed = await fetch(url, { headers: { ...headers, 'Last-Event-ID': '2' } });
    expect(await readEventStream(resumed)).toEqual(events.slice(2));
    const past = await fetch(url, { headers: { ...headers, 'Last-Event-ID': String(events.length) } });
    expect(past.status).toBe(204);
  });

  it('are cancelled by their starter, and end the stream', async () => {
    const run = await start('endless');
    const stream = await fetch(`${app.url}/api/skill-runs/${run.id}/events`, {
      headers: { Authorization: `Bearer ${agent.token}`, Accept: 'text/event-stream' },
    });
    const reading = readEventStream(stream);
    await agent.agent.post(`/api/skill-runs/${run.id}/cancellation`).expect(200);
    expect((await reading).at(-1)?.payload).toMatchObject({ type: 'run-end', status: 'cancelled' });
    const again = await agent.agent.post(`/api/skill-runs/${run.id}/cancellation`).expect(409);
    expect(again.body.error.details).toMatchObject({ code: 'run-ended', status: 'cancelled' });
  });
});
