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
    async send(runId: string, type: SignalType): Promise<void> {
      const row = { id: uuid(), run_id: runId, type, created_at: database.now(), consumed_at: null };
      await database.run((knex) => knex('skills_run_signals').insert(row));
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
