import { finalRunStatuses } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import type { ThreadRunCount, ThreadRuns } from '../../threads';

interface CountRow {
  thread_id: string;
  status: string;
  total: number | string;
}

const final: readonly string[] = finalRunStatuses;

/** What threads ask of the runs in them. */
export function createThreadRuns(database: Database): ThreadRuns {
  return {
    async count(threadIds) {
      const rows = await database.run<CountRow[]>((knex) =>
        knex('skills_runs')
          .whereIn('thread_id', [...threadIds])
          .groupBy('thread_id', 'status')
          .select('thread_id', 'status')
          .count({ total: '*' }),
      );
      const counts = new Map<string, ThreadRunCount>();
      for (const { thread_id: id, status, total } of rows) {
        const { runs, active } = counts.get(id) ?? { runs: 0, active: 0 };
        const isActive = !final.includes(status);
        counts.set(id, { runs: runs + Number(total), active: active + (isActive ? Number(total) : 0) });
      }
      return counts;
    },

    async release(threadId) {
      await database.run((knex) =>
        knex('skills_runs').where({ thread_id: threadId }).update({ thread_id: null }),
      );
    },
  };
}
