import type { Database } from '../../../platform/database';
import type { Lease } from '../run-record';
import type { OfferedRun } from '../run-queues';

/** What the sweeper asks for: runs that somebody must look after. */
export function createSweepRows(database: Database) {
  return {
    /** Running runs whose owner has not renewed its lease in time. */
    async expired(limit: number): Promise<Lease[]> {
      const rows = await database.run<{ id: string; lease_token: string }[]>((knex) =>
        knex('skills_runs')
          .where('status', 'running')
          .where('lease_expires_at', '<=', database.now())
          .orderBy('lease_expires_at')
          .limit(limit)
          .select('id', 'lease_token'),
      );
      return rows.map((row) => ({ runId: row.id, token: row.lease_token }));
    },

    /** Queued runs, oldest first: what the sweeper offers again. */
    async queued(limit: number): Promise<OfferedRun[]> {
      return database.run<OfferedRun[]>((knex) =>
        knex('skills_runs')
          .where('status', 'queued')
          .orderBy('created_at')
          .limit(limit)
          .select('id', 'execution'),
      );
    },
  };
}
