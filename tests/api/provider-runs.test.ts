import type { Connection, Run, RunEvent, Skill } from 'strapi-plugin-skills-shared/contracts';
import { connectionsOf } from '../../server/src/domains/connections';
import type { Caller } from '../support/callers';
import { createConnection, testProviders } from '../support/connections';
import { readEventStream } from '../support/event-streams';
import { startMemoryPeer, type Answer, type MemoryPeer } from '../support/providers/memory/index';
import { eventually } from '../support/runs';
import { bootStrapi, createTestDatabase, type BootedStrapi, type TestDatabase } from '../support/strapi';

// @any-database: It is about answers; runs.test.ts tries what is stored.

const SECRET = 'memory-secret-8Rk';
const ALL = ['run.create', 'run.findOwn', 'run.findOne', 'run.events', 'run.artifact', 'run.cancel'];
const config = {
  providers: testProviders,
  connections: { allowedPrivateHosts: ['127.0.0.1'], idleTimeoutMs: 700 },
  prices: [{ provider: 'memory', model: 'memory-priced', input: 1, output: 1 }],
};
const done = { type: 'done', reason: 'stop' } as const;

describe('runs of provider skills', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let agent: Caller;
  let peer: MemoryPeer;
  let database: TestDatabase;
  let connection: Connection;
  let search: Skill;

  beforeAll(async () => {
    peer = await startMemoryPeer({ apiKey: SECRET });
    database = await createTestDatabase();
    app = await bootStrapi({ config, database });
    ada = await app.admin();
    agent = await app.contentToken(ALL);
    connection = await connect();
    search = await createSkill('Search the web', 'web-search');
  });

  afterEach(() => {
    peer.fail(null);
    peer.delay(0);
    peer.answer([{ type: 'text', text: 'Hello.' }, done]);
  });

  afterAll(async () => {
    await app?.destroy();
    await peer?.close();
    await database?.drop();
  });

  const connect = (name = 'Over there') =>
    createConnection(app.strapi, { name, settings: { apiKey: SECRET, baseUrl: peer.url } });

  async function createSkill(name: string, skillType: string, over = connection): Promise<Skill> {
    const form = { kind: 'provider', name, skillType, connection: over.id, publish: true };
    const response = await ada.agent.post('/skills/skills').send({ ...form, description: `${name}.` });
    expect(response.body).toMatchObject({ data: { alias: expect.any(String) } });
    return response.body.data;
  }

  async function start(body: object, alias = search.alias): Promise<Run> {
    const response = await agent.agent.post(`/api/skills/${alias}/runs`).send(body);
    expect(response.body).toMatchObject({ data: {} });
    expect(response.status).toBe(201);
    return response.body.data;
  }

  const ended = (id: string): Promise<Run> =>
    eventually(async () => {
      const { body } = await agent.agent.get(`/api/skill-runs/${id}`).expect(200);
      return body.data.finishedAt !== null && body.data;
    });

  async function events(id: string): Promise<RunEvent['payload'][]> {
    const { body } = await agent.agent.get(`/api/skill-runs/${id}/events?limit=1000`).expect(200);
    return body.data.map(({ payload }: RunEvent) => payload);
  }

  const refused = async (body: object, status: number, code: string, caller = agent, path = '/api') => {
    const response = await caller.agent.post(`${path}/skills/${search.alias}/runs`).send(body);
    expect(response.body).toMatchObject({ error: { details: { code } } });
    expect(response.status).toBe(status);
  };

  it('work at the vendor with the tool switched on, and tell what happened', async () => {
    peer.answer([
      { type: 'reasoning', text: 'Hm.' },
      { type: 'own-call', id: 's1', name: 'web-search', input: { query: 'x' } },
      { type: 'own-result', id: 's1', name: 'web-search', output: { hits: 1 }, isError: false },
      { type: 'text', text: 'Found ' },
      { type: 'text', text: 'it.' },
      { type: 'citation', url: 'https://example.com/memory', title: 'On memory', quote: 'It fades.' },
      { type: 'note', name: 'echo', data: { words: 2 } },
      { type: 'usage', usage: { inputTokens: 100, outputTokens: 20, billedToolCalls: { 'web-search': 1 } } },
      done,
    ]);
    const before = peer.requests.length;
    const run = await ended((await start({ prompt: 'What is new?' })).id);
    const citation = { url: 'https://example.com/memory', title: 'On memory', quote: 'It fades.' };
    expect(run).toMatchObject({
      status: 'completed',
      origin: 'api',
      prompt: 'What is new?',
      execution: 'provider',
      isolation: 'provider',
      connection: { id: connection.id, name: 'Over there' },
      model: 'memory-large',
      inputTokens: 100,
      outputTokens: 20,
      toolCalls: 1,
      output: { text: 'Found it.', citations: [citation], finishReason: 'stop' },
    });
    expect(run.cost).toBeCloseTo((100 * 2 + 20 * 10) / 1e6 + 0.01, 10);
    expect(await events(run.id)).toEqual([
      expect.objectContaining({ type: 'run-start', isolation: 'provider', model: 'memory-large' }),
      { type: 'text-delta', stream: 'reasoning', text: 'Hm.' },
      { type: 'tool-call', id: 's1', name: 'web-search', input: { query: 'x' }, by: 'provider' },
      { type: 'tool-result', id: 's1', name: 'web-search', output: { hits: 1 }, isError: false },
      { type: 'text-delta', stream: 'answer', text: 'Found it.' },
      { type: 'citation', citation },
      { type: 'provider-event', name: 'echo', data: { words: 2 } },
      { type: 'usage', inputTokens: 100, outputTokens: 20 },
      expect.objectContaining({ type: 'run-end', status: 'completed' }),
    ]);
    const request = JSON.parse(peer.requests.slice(before).find(({ url }) => url === '/chat')?.body ?? '{}');
    expect(request).toMatchObject({
      model: 'memory-large',
      tools: [{ type: 'web_search', contextSize: 'medium', maxResults: 10 }],
    });
    expect(JSON.stringify(request)).toContain('What is new?');
  });

  it('take their prompt from the input of an agent that calls them as a function', async () => {
    const run = await ended((await start({ input: { prompt: 'Called' } })).id);
    expect(run).toMatchObject({ status: 'completed', input: { prompt: 'Called' }, prompt: null });
    expect(peer.requests.at(-1)?.body).toContain('Called');
  });

  it('are started from the panel, and listed by connection and model', async () => {
    const other = await connect('Elsewhere');
    const skill = await createSkill('Code', 'code-interpreter', other);
    const started = await ada.agent
      .post(`/skills/skills/${skill.id}/runs`)
      .send({ prompt: 'Hi', model: 'memory-small' })
      .expect(201);
    const { id } = started.body.data;
    await eventually(async () => (await ada.agent.get(`/skills/runs/${id}`)).body.data.finishedAt !== null);
    const list = async (query: string) =>
      (await ada.agent.get(`/skills/runs?${query}`).expect(200)).body.data.map((run: Run) => run.id);
    expect(await list(`connection=${other.id}`)).toEqual([id]);
    expect(await list(`connection=${other.id}&model=memory-large`)).toEqual([]);
    expect(await list('model=memory-small')).toEqual([id]);
    const { body } = await ada.agent.get(`/skills/runs/${id}`).expect(200);
    expect(body.data).toMatchObject({ origin: 'panel', model: 'memory-small', cost: null });
  });

  it('stream their answer while it comes', async () => {
    peer.delay(60);
    peer.answer([...['One ', 'two ', 'three'].map((text) => ({ type: 'text' as const, text })), done]);
    const arrivals: number[] = [];
    const response = await fetch(`${app.url}/api/skills/${search.alias}/runs`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${agent.token}`,
        Accept: 'text/event-stream',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ prompt: 'Count' }),
    });
    const seen = await readEventStream(response, {
      onEvent: ({ payload }) => {
        if (payload.type === 'text-delta') arrivals.push(performance.now());
      },
    });
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    expect(seen.map(({ payload }) => (payload.type === 'text-delta' ? payload.text : '')).join('')).toBe(
      'One two three',
    );
    expect(arrivals.length).toBeGreaterThan(1);
    expect(seen.at(-1)?.payload).toMatchObject({ type: 'run-end', status: 'completed' });
  });

  it('end within a second of their cancellation, and the vendor is told', async () => {
    peer.answer([{ type: 'text', text: 'Wait' }, { type: 'hang' }]);
    const run = await start({ prompt: 'Long' });
    await eventually(async () => (await events(run.id)).some(({ type }) => type === 'text-delta'));
    const askedAt = performance.now();
    await agent.agent.post(`/api/skill-runs/${run.id}/cancellation`).expect(200);
    expect((await ended(run.id)).status).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    await eventually(() => peer.open === 0);
  });

  it.each([
    [401, 'authentication'],
    [403, 'permission'],
    [400, 'invalid-request'],
    [404, 'invalid-request'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [504, 'timeout'],
  ])('fail with the code of a vendor that answers %i', async (status, code) => {
    peer.fail({
      status,
      path: '/chat',
      body: `What did you send: ${SECRET}`,
      headers: { 'retry-after': '0' },
    });
    const run = await ended((await start({ prompt: 'Hi' })).id);
    expect(run).toMatchObject({ status: 'failed', error: { code }, inputTokens: null, cost: null });
    expect(JSON.stringify([run, await events(run.id)])).not.toContain(SECRET);
  });

  const breaks: [string, Answer, string][] = [
    ['breaks off', [{ type: 'text', text: 'So' }, { type: 'wait', ms: 100 }, { type: 'cut' }], 'unavailable'],
    ['talks nonsense', [{ type: 'raw', text: '<html>' }], 'protocol'],
    ['falls silent', [{ type: 'text', text: 'So' }, { type: 'hang' }], 'timeout'],
    [
      'fails in the middle',
      [
        { type: 'text', text: 'So' },
        { type: 'failure', status: 429 },
      ],
      'rate-limited',
    ],
  ];
  it.each(breaks)('fail when the vendor %s, and keep what came', async (_what, answer, code) => {
    peer.answer(answer);
    const run = await ended((await start({ prompt: 'Hi' })).id);
    expect(run).toMatchObject({ status: 'failed', error: { code } });
    const told = (await events(run.id)).some(({ type }) => type === 'text-delta');
    expect(told).toBe(answer.some(({ type }) => type === 'text'));
  });

  it('keep what they took when they fail, and call no cost known that is not', async () => {
    const usage = { type: 'usage', usage: { inputTokens: 10, outputTokens: 5 } } as const;
    peer.answer([{ type: 'text', text: 'So' }, usage, { type: 'failure', status: 500 }]);
    const failed = await ended((await start({ prompt: 'Hi' })).id);
    expect(failed).toMatchObject({ status: 'failed', inputTokens: 10, outputTokens: 5 });
    expect(failed.cost).toBeCloseTo(70 / 1e6, 12);
    peer.answer([usage, done]);
    const unpriced = await ended((await start({ prompt: 'Hi', model: 'memory-small' })).id);
    expect(unpriced).toMatchObject({ status: 'completed', inputTokens: 10, cost: null });
    const configured = await ended((await start({ prompt: 'Hi', model: 'memory-priced-2026-01-31' })).id);
    expect(configured.cost).toBeCloseTo(15 / 1e6, 12);
  });

  it('keep files under names that do no harm', async () => {
    const file = (name: string, content: string) =>
      ({ type: 'made-file', name, mime: 'text/csv', content: Buffer.from(content) }) as const;
    peer.answer([file('../../evil.csv', 'a,b'), file('/tmp/EVIL.csv', 'c'), done]);
    const run = await ended((await start({ prompt: 'Files' })).id);
    expect(run.artifacts.map(({ name }) => name).sort()).toEqual(['EVIL-2.csv', 'evil.csv']);
    const got = await agent.agent.get(`/api/skill-runs/${run.id}/artifacts/evil.csv`).expect(200);
    expect(got.text).toBe('a,b');
  });

  it('repeat nothing that an idempotency key names, and refuse it for another model', async () => {
    const ask = (body: object) =>
      agent.agent.post(`/api/skills/${search.alias}/runs`).set('Idempotency-Key', 'k-1').send(body);
    const first = await ask({ prompt: 'Once' }).expect(201);
    const again = await ask({ prompt: 'Once' }).expect(201);
    expect(again.body.data.id).toBe(first.body.data.id);
    const reused = await ask({ prompt: 'Once', model: 'memory-small' }).expect(409);
    expect(reused.body.error.details.code).toBe('idempotency-key-reused');
    await ended(first.body.data.id);
  });

  it('are refused before they start when nothing can come of them', async () => {
    await refused({}, 400, 'prompt-required');
    await refused({ prompt: 'x', input: { n: 1 } }, 400, 'input-unsupported');
    await refused({ prompt: 'x', model: 'a\u0000b' }, 400, 'invalid-input');
    await refused({ prompt: 'x', connection: connection.id }, 400, 'connection-fixed');
    await refused({ prompt: 'x', execution: 'hosted' }, 400, 'execution-unsupported');
    await refused({ prompt: 'x', connection: 'nowhere' }, 404, 'connection-not-found', ada, '/skills');
  });

  it('are refused while their connection is switched off, and run when it is on again', async () => {
    const switchTo = async (active: boolean) => {
      const { revision } = await connectionsOf(app.strapi).get(connection.id);
      const change = { revision, active };
      await ada.agent.put(`/skills/connections/${connection.id}`).send(change).expect(200);
    };
    await switchTo(false);
    await refused({ prompt: 'x' }, 409, 'connection-inactive');
    await switchTo(true);
    expect((await ended((await start({ prompt: 'x' })).id)).status).toBe('completed');
  });

  it('stay readable when the adapter is gone, and no more are started', async () => {
    const run = await ended((await start({ prompt: 'Last' })).id);
    await app.destroy();
    app = await bootStrapi({ config: { connections: config.connections }, database });
    const boss = await app.admin();
    const { body } = await boss.agent.get(`/skills/runs/${run.id}`).expect(200);
    expect(body.data).toMatchObject({ status: 'completed', connection: { name: 'Over there' } });
    const response = await boss.agent.post(`/skills/skills/${search.alias}/runs`).send({ prompt: 'x' });
    expect(response.body).toMatchObject({ error: { details: { code: 'provider-missing' } } });
    expect(response.status).toBe(409);
  });
});
