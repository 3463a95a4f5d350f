import { v7 as uuid } from 'uuid';
import type { Database } from '../../../platform/database';

export type SignalType = 'cancel';

export interface Signal {
  id: string;
  runId: string;
  type: SignalType;
}

/** What others want of a running run. The lease holder alone consumes it, so a request outlives the server it came to. */
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
        const row = { id: uuid(), run_id: runId, type, created_at: database.now(), consumed_at: null };
        await database.run((knex) => knex('skills_run_signals').insert(row));
        return true;
      });
    },

    /** Unconsumed signals of these runs, oldest first. */
    async pending(runIds: readonly string[]): Promise<Signal[]> {
      const rows = await database.run<{ id: string; run_id: string; type: SignalType }[]>((knex) =>
        knex('skills_run_signals')
          .whereIn('run_id', runIds)
          .whereNull('consumed_at')
          .orderBy('id')
          .select('id', 'run_id', 'type'),
      );
      return rows.map((row) => ({ id: row.id, runId: row.run_id, type: row.type }));
    },

    async consume(ids: readonly string[]): Promise<void> {
      await database.run((knex) =>
        knex('skills_run_signals')
          .whereIn('id', ids)
          .whereNull('consumed_at')
          .update({ consumed_at: database.now() }),
      );
    },
  };
}

export type SignalRows = ReturnType<typeof createSignalRows>;
