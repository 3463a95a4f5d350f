import { v7 as uuid } from 'uuid';
import type { Database } from '../../../platform/database';

export type SignalType = 'cancel';

/**
 * What others want of a running run. It stands until the run has ended, so it outlives the server that it came to, and the one that heard
 * of it: whoever holds the run heeds it.
 */
export function createSignalRows(database: Database) {
  return {
    /**
     * Answers false when the run is not running (any more): nobody would heed it. The run's row is locked meanwhile, so that a run that is
     * about to wait sees the signal, or has begun to wait before it was sent.
     */
    send(runId: string, type: SignalType): Promise<boolean> {
      return database.transaction(async () => {
        const locked = await database.run<number>((knex) =>
          knex('skills_runs')
            .where({ id: runId, status: 'running' })
            .update({ last_seq: knex.ref('last_seq') }),
        );
        if (locked !== 1) return false;
        const row = { id: uuid(), run_id: runId, type, created_at: database.now() };
        await database.run((knex) => knex('skills_run_signals').insert(row));
        return true;
      });
    },

    /** Those of these runs that somebody has asked to cancel. */
    async cancelled(runIds: readonly string[]): Promise<ReadonlySet<string>> {
      const ids = await database.run<string[]>((knex) =>
        knex('skills_run_signals')
          .whereIn('run_id', [...runIds])
          .where('type', 'cancel')
          .distinct()
          .pluck('run_id'),
      );
      return new Set(ids);
    },
  };
}

export type SignalRows = ReturnType<typeof createSignalRows>;
