import type { Database } from '../../../platform/database';
import { countRows } from './count-rows';

export interface RunStatistics {
  runsLastHour: number;
  runsLastDay: number;
  /** 0–1 over the runs that finished in the last day. */
  successRate: number | null;
  /** Over the runs that finished in the last day, in milliseconds. */
  medianDurationMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The homepage widget's figures. Each question is answered from an index over the last day alone. */
export function createRunStatistics(database: Database) {
  function countCreated(since: number): Promise<number> {
    return database.run((knex) => countRows(knex('skills_runs').where('created_at', '>', since)));
  }

  async function countFinished(since: number): Promise<Map<string, number>> {
    const rows = await database.run<{ status: string; total: number | string }[]>((knex) =>
      knex('skills_runs')
        .where('finished_at', '>', since)
        .groupBy('status')
        .select('status')
        .count({ total: '*' }),
    );
    return new Map(rows.map((row) => [row.status, Number(row.total)]));
  }

  /** The middle one, or the mean of the two in the middle: no database of the three has the same function for it. */
  async function medianDuration(since: number): Promise<number | null> {
    const count = await database.run((knex) =>
      countRows(knex('skills_runs').where('finished_at', '>', since).whereNotNull('duration_ms')),
    );
    if (count === 0) return null;
    const middle = await database.run<{ duration_ms: number | string }[]>((knex) =>
      knex('skills_runs')
        .where('finished_at', '>', since)
        .whereNotNull('duration_ms')
        .orderBy('duration_ms')
        .offset(Math.floor((count - 1) / 2))
        .limit(count % 2 === 0 ? 2 : 1)
        .select('duration_ms'),
    );
    const sum = middle.reduce((total, row) => total + Number(row.duration_ms), 0);
    return middle.length === 0 ? null : Math.round(sum / middle.length);
  }

  return {
    async read(): Promise<RunStatistics> {
      const now = await database.readClock();
      const finished = await countFinished(now - DAY_MS);
      const total = [...finished.values()].reduce((sum, count) => sum + count, 0);
      return {
        runsLastHour: await countCreated(now - HOUR_MS),
        runsLastDay: await countCreated(now - DAY_MS),
        successRate: total === 0 ? null : (finished.get('completed') ?? 0) / total,
        medianDurationMs: await medianDuration(now - DAY_MS),
      };
    },
  };
}
