import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import { openRuns, runsTestMigrations, type RunsUnderTest } from '../../../../../tests/support/runs';
import type { EventBus } from '../../../platform/event-bus';

/** A bus that loses everything, as a network between servers may. */
const deafBus: EventBus = {
  publish: () => undefined,
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
};

describeOnDatabases('following a run', (open) => {
  let db: TestDatabase;
  const opened: RunsUnderTest[] = [];

  beforeAll(async () => {
    db = await open(runsTestMigrations);
  });

  afterEach(async () => {
    for (const under of opened.splice(0)) await under.stop();
  });

  afterAll(async () => {
    await db.close();
  });

  /** Runs that log `count` lines, one after the other, with a pause after each tenth. */
  function logging(count: number, bus?: EventBus): RunsUnderTest {
    const under = openRuns({
      database: db.database,
      bus,
      executor: {
        async execute(context) {
          for (let n = 1; n <= count; n += 1) {
            await context.emit({ type: 'log-line', level: 'info', message: String(n) });
            if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
          }
          return { status: 'completed', output: null };
        },
      },
    });
    opened.push(under);
    return under;
  }

  async function collect(
    under: RunsUnderTest,
    runId: string,
    after = 0,
    take = Infinity,
  ): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const batch of under.runs.follow(runId, after, new AbortController().signal)) {
      events.push(...batch);
      if (events.length >= take) break;
    }
    return events;
  }

  const numbers = (events: RunEvent[]) => events.map(({ seq }) => seq);
  const upTo = (last: number, first = 1) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  it('gives every reader all events once and in order, whenever it comes', async () => {
    const under = logging(300);
    const { run } = await under.runs.start(under.request());
    const early = collect(under, run.id);
    under.runs.workers.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const late = collect(under, run.id);
    for (const events of await Promise.all([early, late])) {
      expect(numbers(events)).toEqual(upTo(301));
      expect(events.at(-1)?.payload).toMatchObject({ type: 'run-end', status: 'completed' });
    }
    expect(numbers(await collect(under, run.id))).toEqual(upTo(301));
  });

  it('resumes from any number without a gap or a repetition', async () => {
    const under = logging(120);
    const { run } = await under.runs.start(under.request());
    under.runs.workers.start();
    const first = await collect(under, run.id, 0, 15);
    const rest = await collect(under, run.id, first.length);
    expect(numbers([...first, ...rest])).toEqual(upTo(121));
    expect(numbers(await collect(under, run.id, 100))).toEqual(upTo(121, 101));
  });

  it('misses nothing when no hint arrives', async () => {
    const under = logging(30, deafBus);
    const { run } = await under.runs.start(under.request());
    const following = collect(under, run.id);
    under.runs.workers.start();
    expect(numbers(await following)).toEqual(upTo(31));
  });

  it('reads the table once for many readers of a run’s end', async () => {
    const under = logging(20);
    const { run } = await under.runs.start(under.request());
    const readers = Array.from({ length: 25 }, () => collect(under, run.id));
    await new Promise((resolve) => setTimeout(resolve, 50));
    db.statements();
    under.runs.workers.start();
    for (const events of await Promise.all(readers)) expect(numbers(events)).toEqual(upTo(21));
    const reads = db.statements().filter((sql) => /^select .*skills_run_events/.test(sql));
    expect(reads.length).toBeLessThan(3 * 21);
  });

  it('ends for a reader that leaves, and for all when the server stops', async () => {
    const under = logging(0);
    const { run } = await under.runs.start(under.request());
    const leaving = new AbortController();
    const left = (async () => {
      for await (const batch of under.runs.follow(run.id, 0, leaving.signal)) expect(batch).toBeDefined();
    })();
    const staying = collect(under, run.id);
    leaving.abort();
    await left;
    await under.runs.stop();
    expect(await staying).toEqual([]);
  });
});
