import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Run, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import supertest from 'supertest';
import { agentConfig, createAgentSkill } from '../support/agents';
import { createConnection } from '../support/connections';
import { readEventStream } from '../support/event-streams';
import { call, conversation, prompt, transcriptOf } from '../support/peers/conversation';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { eventually } from '../support/runs';
import { startServerProcess, type ServerProcess } from '../support/server-process';
import { bootStrapi, createTestDatabase, type TestDatabase } from '../support/strapi';

// @any-database: What a killed server leaves in each database is tried by crash.test.ts and the tests of waiting runs.
// @own-process: It starts servers of its own, and takes as long as many other files.

jest.setTimeout(240_000);

const WORKING = 38;
const ASKING = 12;
const GRANTS = ['run.create', 'run.findOne', 'run.events', 'run.findApprovals', 'run.decide'];
const config = { ...agentConfig, run: { agentConcurrency: 8, leaseMs: 6_000 } };

const scripts = {
  work: [
    { toolCalls: [call('bash', { command: 'echo begun; sleep 0.2; echo gone on' })] },
    { delayMs: 100, toolCalls: [call('write_file', { path: 'note.md', content: 'A note.\n' })] },
    { delayMs: 100, toolCalls: [call('bash', { command: 'cat note.md; sleep 0.2' })] },
    { delayMs: 100, text: 'It is done.' },
  ],
  ask: [
    { toolCalls: [call('write_file', { path: 'kept.md', content: 'Kept while it waits.\n' })] },
    { toolCalls: [call('bash', { command: 'cat kept.md' })] },
    { text: 'It was allowed.' },
  ],
};

type Agent = ReturnType<typeof supertest.agent>;

describe('a server that is killed in the middle of 50 agents', () => {
  let database: TestDatabase;
  let peer: OpenAIPeer;
  let temporary: string;
  let token: string;
  let server: ServerProcess | undefined;
  let ids: string[];
  let waitingAtDeath: string[];
  let runs: Run[];
  let seen: Map<string, RunEvent[]>;
  let histories: Map<string, RunEvent[]>;

  const agentOf = ({ url }: ServerProcess): Agent =>
    supertest.agent(url).set('Authorization', `Bearer ${token}`);

  async function prepare(): Promise<string> {
    const app = await bootStrapi({ database, config });
    const settings = { ...peer.settings, apiKey: 'sk-test', defaultModel: 'gpt-4.1' };
    const connection = await createConnection(app.strapi, { provider: 'openai', settings });
    await createAgentSkill(app, { alias: 'worker' });
    ({ token } = await app.contentToken(GRANTS));
    await app.destroy();
    return connection.id;
  }

  async function start(agent: Agent, connection: string, n: number): Promise<string> {
    const asks = n % Math.floor((WORKING + ASKING) / ASKING) === 0 && n / 4 < ASKING;
    const body = asks
      ? { prompt: prompt('ask', `Run ${n}.`), approval: ['bash'] }
      : { prompt: prompt('work', `Run ${n}.`) };
    const response = await agent.post('/api/skills/worker/runs').send({ ...body, connection });
    if (response.status !== 201) throw new Error(`Not started: ${JSON.stringify(response.body)}`);
    return response.body.data.id;
  }

  /** Follows a run as a client does, keeping what it was told until the server is gone. */
  async function watch(url: string, id: string): Promise<void> {
    const response = await fetch(`${url}/api/skill-runs/${id}/events`, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
    });
    await readEventStream(response, { onEvent: (event) => seen.get(id)?.push(event) });
  }

  const read = async (agent: Agent, id: string): Promise<Run> =>
    (await agent.get(`/api/skill-runs/${id}`).expect(200)).body.data;

  async function allowWhatWaits(agent: Agent, run: Run): Promise<void> {
    const { body } = await agent.get(`/api/skill-runs/${run.id}/approvals`).expect(200);
    const open = (body.data as { callId: string; approved: boolean | null }[]).filter(
      ({ approved }) => approved === null,
    );
    if (open.length === 0) return;
    const decisions = open.map(({ callId }) => ({ callId, approved: true }));
    await agent.post(`/api/skill-runs/${run.id}/approvals`).send({ decisions });
  }

  const sandboxFiles = async (): Promise<string[]> =>
    (await readdir(temporary, { recursive: true })).filter((name) => name.endsWith('SKILL.md'));

  beforeAll(async () => {
    database = await createTestDatabase();
    peer = await startOpenAIPeer({ answers: conversation(scripts) });
    const connection = await prepare();
    temporary = await mkdtemp(path.join(tmpdir(), 'skills-agent-crash-'));
    // Sandboxes run as other users, who must be able to pass through.
    await chmod(temporary, 0o755);
    const executions = path.join(temporary, 'executions');
    await writeFile(executions, '');
    const options = { database, config, executions, temporary };

    const first = await startServerProcess(options);
    server = first;
    const agent = agentOf(first);
    ids = await Promise.all(Array.from({ length: WORKING + ASKING }, (_, n) => start(agent, connection, n)));
    seen = new Map(ids.map((id) => [id, []]));
    const watching = ids.map((id) => watch(first.url, id).catch((error: unknown) => error));
    const tails = () => [...seen.values()].map((events) => events.at(-1)?.payload.type);
    await eventually(() => {
      const ended = tails().filter((type) => type === 'run-end').length;
      const waiting = tails().filter((type) => type === 'run-wait').length;
      const working = tails().filter((type) => type !== undefined).length - ended - waiting;
      return ended >= 8 && waiting >= 2 && working >= 2;
    }, 90_000);
    await first.kill();
    await Promise.all(watching);
    waitingAtDeath = ids.filter((id) => seen.get(id)?.at(-1)?.payload.type === 'run-wait');

    const second = await startServerProcess(options);
    server = second;
    const later = agentOf(second);
    runs = await eventually(async () => {
      const all = await Promise.all(ids.map((id) => read(later, id)));
      for (const run of all) if (run.status === 'waiting') await allowWhatWaits(later, run);
      return all.every(({ finishedAt }) => finishedAt !== null) && all;
    }, 120_000);
    histories = new Map();
    for (const id of ids) {
      const { body } = await later.get(`/api/skill-runs/${id}/events?limit=1000`).expect(200);
      histories.set(id, body.data);
    }
  });

  afterAll(async () => {
    await server?.stop();
    await peer.close();
    await database.drop();
    await rm(temporary, { recursive: true, force: true });
  });

  it('was killed while some had ended, some worked, some waited for a person and some for a worker', () => {
    const interrupted = runs.filter(({ error }) => error?.code === 'interrupted');
    expect(interrupted.length).toBeGreaterThan(0);
    expect(interrupted.length).toBeLessThanOrEqual(config.run.agentConcurrency);
    expect(waitingAtDeath.length).toBeGreaterThan(0);
    expect([...seen.values()].filter((events) => events.length === 0).length).toBeGreaterThan(0);
  });

  it('leaves every run ended in a true state', () => {
    expect(runs).toHaveLength(WORKING + ASKING);
    for (const run of runs) {
      if (run.status === 'completed')
        expect(run.output).toMatchObject({ text: expect.stringMatching(/^(It is done|It was allowed)\.$/) });
      else expect(run).toMatchObject({ status: 'failed', error: { code: 'interrupted' }, output: null });
      expect(histories.get(run.id)?.at(-1)?.payload).toMatchObject({ type: 'run-end', status: run.status });
    }
  });

  it('resumes every run that waited, with its files, and each once', () => {
    for (const id of waitingAtDeath) {
      const payloads = (histories.get(id) ?? []).map(({ payload }) => payload);
      expect(payloads.filter(({ type }) => type === 'run-resume')).toHaveLength(1);
      expect(payloads).toContainEqual(
        expect.objectContaining({ type: 'tool-result', name: 'bash', isError: false }),
      );
      expect(JSON.stringify(payloads)).toContain('Kept while it waits.');
      expect(runs.find((run) => run.id === id)?.status).toBe('completed');
    }
  });

  it('numbers every trajectory without a gap, and loses no event that a client had seen', () => {
    let compared = 0;
    for (const run of runs) {
      const history = histories.get(run.id) ?? [];
      expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: run.lastSeq }, (_, n) => n + 1));
      const events = seen.get(run.id) ?? [];
      expect(history.slice(0, events.length)).toEqual(events);
      compared += events.length;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('asks the model nothing twice, and calls no tool twice', () => {
    const asked = peer.requests
      .filter(({ url }) => url.endsWith('/responses'))
      .map(({ body }) => transcriptOf(JSON.parse(body) as object))
      .map(({ said, turns }) => `${said[0]} ${turns}`);
    expect(asked.length).toBeGreaterThan(WORKING);
    expect(new Set(asked).size).toBe(asked.length);
    for (const history of histories.values()) {
      const calls = history.flatMap(({ payload }) => (payload.type === 'tool-result' ? [payload.id] : []));
      expect(new Set(calls).size).toBe(calls.length);
    }
    expect(peer.failures).toEqual([]);
  });

  it('keeps no file of a sandbox', async () => {
    // A run has ended a moment before its sandbox is gone; what remains after that is named.
    await eventually(async () => (await sandboxFiles()).length === 0).catch(() => undefined);
    expect(await sandboxFiles()).toEqual([]);
  });
});
