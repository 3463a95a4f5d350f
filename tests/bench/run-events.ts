import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { openRuns, runsTestMigrations } from '../support/runs';
import { percentile, type Figure } from './figure';

const EVENTS = 2_000;
const TARGET_MS = 5;

export const name = 'run-events';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The least that any append costs on this disk: one bare insert, committed. */
function bareInsert(opened: TestDatabase, seq: number): Promise<unknown> {
  const row = { run_id: 'bare', seq, at: Date.now(), payload: '{"type":"log-line"}' };
  return opened.database.run(async (knex) => {
    await knex('skills_run_events').insert(row);
  });
}

/**
 * Appending one event after the other, each durable before the next is begun, through all that a run goes through: numbered
 * under the lease, stored in one transaction, and told to readers. SQLite as Strapi opens it: every commit reaches the disk.
 */
export async function run(): Promise<Figure[]> {
  const opened = await openTestDatabase('sqlite', runsTestMigrations);
  await opened.knex.raw('pragma synchronous = full');
  const appends: number[] = [];
  const inserts: number[] = [];
  const under = openRuns({
    database: opened.database,
    executor: {
      async execute(context) {
        for (let seq = 1; seq <= EVENTS; seq += 1) {
          const message = randomUUID();
          appends.push(await timed(() => context.emit({ type: 'log-line', level: 'info', message })));
          inserts.push(await timed(() => bareInsert(opened, seq)));
        }
        return { status: 'completed', output: null };
      },
    },
  });
  try {
    const { run: queued } = await under.runs.start(under.request());
    await under.runs.workers.execute(queued.id);
    const ended = await under.runs.get(queued.id);
    if (ended.status !== 'completed') throw new Error(`The run ended as ${ended.status}.`);
    return [figure('append of an event, p99', 99), figure('append of an event, median', 50)];
  } finally {
    await under.stop();
    await opened.close();
  }

  function figure(title: string, percent: number): Figure {
    const value = percentile(appends, percent);
    const baseline = percentile(inserts, percent);
    const isPromise = percent === 99;
    return {
      name: title,
      value,
      unit: 'ms',
      baseline,
      ratio: value / baseline,
      target: isPromise ? `≤ ${TARGET_MS} ms` : null,
      met: isPromise ? value <= TARGET_MS : null,
    };
  }
}
