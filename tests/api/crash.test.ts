import { mkdtemp, readdir, readFile, rm, chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Run, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import supertest from 'supertest';
import { readEventStream } from '../support/event-streams';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { startServerProcess, type ServerProcess } from '../support/server-process';
import { bootStrapi, createTestDatabase, type TestDatabase } from '../support/strapi';

// @own-process: It starts servers of its own, and takes as long as many other files.

jest.setTimeout(180_000);

const RUNS = 50;
const LINES = 10;
const SCRIPT = `for n in $(seq 1 ${LINES}); do echo "line $n"; sleep 0.15; done; echo '{"ok": true}'`;
const GRANTS = ['run.create', 'run.findOne', 'run.events'];
const config = { run: { concurrency: 6, leaseMs: 2_000 } };

type Agent = ReturnType<typeof supertest.agent>;

describe('a server that is killed in the middle of 50 runs', () => {
  let database: TestDatabase;
  let temporary: string;
  let token: string;
  let server: ServerProcess | undefined;
  let runs: Run[];
  let seen: Map<string, RunEvent[]>;
  let histories: Map<string, RunEvent[]>;
  let executions: string[];

  const agentOf = ({ url }: ServerProcess): Agent =>
    supertest.agent(url).set('Authorization', `Bearer ${token}`);

  async function prepare(): Promise<void> {
    const app = await bootStrapi({ database });
    await createRunnableSkill(app.strapi, { alias: 'worker', script: SCRIPT });
    ({ token } = await app.contentToken(GRANTS));
    await app.destroy();
  }

  async function startAll(agent: Agent): Promise<string[]> {
    // All at once: on a busy machine the first would otherwise have ended before the last was asked for.
    return Promise.all(
      Array.from({ length: RUNS }, async (_, n) => {
        const { body } = await agent.post('/api/skills/worker/runs').send({ input: { n } }).expect(201);
        return body.data.id as string;
      }),
    );
  }

  /** Follows a run as a client does, keeping what it was told until the server is gone. */
  async function watch(url: string, id: string, events: RunEvent[]): Promise<void> {
    const response = await fetch(`${url}/api/skill-runs/${id}/events`, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
    });
    await readEventStream(response, { onEvent: (event) => events.push(event) });
  }

  const readRun = async (agent: Agent, id: string): Promise<Run> =>
    (await agent.get(`/api/skill-runs/${id}`).expect(200)).body.data;

  async function readHistory(agent: Agent, id: string): Promise<RunEvent[]> {
    return (await agent.get(`/api/skill-runs/${id}/events?limit=1000`).expect(200)).body.data;
  }

  const sandboxFiles = async (): Promise<string[]> =>
    (await readdir(temporary, { recursive: true })).filter((name) => name.endsWith('main.sh'));

  beforeAll(async () => {
    database = await createTestDatabase();
    await prepare();
    temporary = await mkdtemp(path.join(tmpdir(), 'skills-crash-'));
    // Sandboxes run as other users, who must be able to pass through.
    await chmod(temporary, 0o755);
    const marks = path.join(temporary, 'executions');
    await writeFile(marks, '');
    const options = { database, config, executions: marks, temporary };

    const first = await startServerProcess(options);
    server = first;
    const ids = await startAll(agentOf(first));
    seen = new Map(ids.map((id) => [id, []]));
    const watching = ids.map((id) =>
      watch(first.url, id, seen.get(id) ?? []).catch((error: unknown) => error),
    );
    await eventually(() => {
      const all = [...seen.values()];
      const ended = all.filter((events) => events.at(-1)?.payload.type === 'run-end');
      return ended.length >= 10 && all.some((events) => events.length > 2 && !ended.includes(events));
    }, 60_000);
    await first.kill();
    await Promise.all(watching);

    const second = await startServerProcess(options);
    server = second;
    const agent = agentOf(second);
    runs = await eventually(async () => {
      const all = await Promise.all(ids.map((id) => readRun(agent, id)));
      return all.every(({ finishedAt }) => finishedAt !== null) && all;
    }, 90_000);
    histories = new Map();
    for (const id of ids) histories.set(id, await readHistory(agent, id));
    executions = (await readFile(marks, 'utf8')).split('\n').filter(Boolean);
  });

  afterAll(async () => {
    await server?.stop();
    await database.drop();
    await rm(temporary, { recursive: true, force: true });
  });

  it('was killed while some had ended, some ran and some waited', () => {
    const interrupted = runs.filter(({ error }) => error?.code === 'interrupted');
    expect(interrupted.length).toBeGreaterThan(0);
    expect(interrupted.length).toBeLessThanOrEqual(config.run.concurrency);
    const untold = [...seen.values()].filter((events) => events.length === 0);
    expect(untold.length).toBeGreaterThan(0);
  });

  it('leaves every run ended in a true state', () => {
    expect(runs).toHaveLength(RUNS);
    for (const run of runs) {
      const text = (histories.get(run.id) ?? [])
        .map(({ payload }) => (payload.type === 'text-delta' ? payload.text : ''))
        .join('');
      if (run.status === 'completed') {
        expect(run.output).toEqual({ ok: true });
        for (let n = 1; n <= LINES; n += 1) expect(text).toContain(`line ${n}\n`);
      } else {
        expect(run).toMatchObject({ status: 'failed', error: { code: 'interrupted' }, output: null });
      }
      expect(histories.get(run.id)?.at(-1)?.payload).toMatchObject({ type: 'run-end', status: run.status });
    }
  });

  it('numbers every trajectory without a gap, up to the run’s last number', () => {
    for (const run of runs) {
      const numbers = histories.get(run.id)?.map(({ seq }) => seq);
      expect(numbers).toEqual(Array.from({ length: run.lastSeq }, (_, index) => index + 1));
    }
  });

  it('loses no event that a client had seen', () => {
    let compared = 0;
    for (const [id, events] of seen) {
      expect(histories.get(id)?.slice(0, events.length)).toEqual(events);
      compared += events.length;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('executes nothing twice', () => {
    expect(new Set(executions).size).toBe(executions.length);
    // A run may have been claimed when the server died, and not yet have begun.
    const missing = runs.filter(({ id }) => !executions.includes(id));
    expect(missing.filter(({ error }) => error?.code !== 'interrupted')).toEqual([]);
    expect(executions.length).toBeGreaterThanOrEqual(RUNS - config.run.concurrency);
  });

  it('keeps no file of a sandbox', async () => {
    // A run has ended a moment before its sandbox is gone; what remains after that is named.
    await eventually(async () => (await sandboxFiles()).length === 0).catch(() => undefined);
    expect(await sandboxFiles()).toEqual([]);
  });

  it('stops cleanly when it is asked to', async () => {
    expect(await server?.stop()).toBe(0);
    server = undefined;
  });
});
