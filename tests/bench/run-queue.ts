import { openTestDatabase } from '../support/database';
import { eventually, openRuns, runsTestMigrations, type RunsUnderTest } from '../support/runs';
import type { Figure } from './figure';

const RUNS = 1_000;
const SERVERS = 2;

export const name = 'run-queue';

/** A thousand queued runs taken by two servers that compete for each: how fast, and whether each was executed exactly once. */
export async function run(): Promise<Figure[]> {
  const opened = await openTestDatabase('sqlite', runsTestMigrations);
  await opened.knex.raw('pragma synchronous = full');
  const executions: string[] = [];
  const servers = Array.from({ length: SERVERS }, () =>
    openRuns({
      database: opened.database,
      executor: {
        async execute(context) {
          executions.push(context.runId);
          await context.emit({ type: 'run-start', isolation: 'none' });
          await context.emit({ type: 'text-delta', stream: 'stdout', text: 'working\n' });
          return { status: 'completed', output: context.input };
        },
      },
    }),
  );
  const [first] = servers as [RunsUnderTest];
  try {
    for (let n = 0; n < RUNS; n += 1) await first.runs.start(first.request({ input: { n } }));
    const startedAt = performance.now();
    for (const { runs } of servers) runs.workers.start();
    const completed = () =>
      first.runs.list({ page: 1, pageSize: 1, sort: 'createdAt', status: 'completed' }, {});
    await eventually(async () => (await completed()).total === RUNS, 120_000).catch(() => undefined);
    const seconds = (performance.now() - startedAt) / 1000;
    const { total } = await completed();
    return [
      count('queued runs lost', RUNS - total),
      count('queued runs executed twice', executions.length - new Set(executions).size),
      {
        name: 'queued runs, from first claim to last end',
        value: total / seconds,
        unit: 'runs/s',
        baseline: null,
        ratio: null,
        target: null,
        met: null,
      },
    ];
  } finally {
    for (const server of servers) await server.stop();
    await opened.close();
  }
}

function count(title: string, value: number): Figure {
  return { name: title, value, unit: 'count', baseline: null, ratio: null, target: '= 0', met: value === 0 };
}
