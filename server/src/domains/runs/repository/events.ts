import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { insertRows } from '../../../platform/database';
import { LeaseLostError } from '../run-record';
import { toJson } from './run-rows';

/** An event before it has its number. `at` is milliseconds since 1970 by the writer's clock. */
export interface NewEvent {
  at: number;
  payload: RunEventPayload;
}

interface EventRow {
  run_id: string;
  seq: number;
  at: number | string;
  payload: string;
}

function eventOf(row: EventRow): RunEvent {
  return {
    runId: row.run_id,
    seq: row.seq,
    at: new Date(Number(row.at)).toISOString(),
    payload: JSON.parse(row.payload) as RunEventPayload,
  };
}

interface Owner {
  runId: string;
  status: 'queued' | 'running' | 'waiting';
  /** `null` for a run that nobody holds. */
  token: string | null;
}

/** A run's trajectory: an append-only list, numbered from 1 without gaps. */
export function createEventRows(database: Database) {
  async function numberNext({ runId, status, token }: Owner, count: number): Promise<number> {
    const changed = await database.run<number>((knex) =>
      knex('skills_runs')
        .where({ id: runId, status, lease_token: token })
        .update({ last_seq: knex.raw('last_seq + ?', [count]) }),
    );
    if (changed !== 1) throw new LeaseLostError(runId);
    const row = await database.run<{ last_seq: number }>((knex) =>
      knex('skills_runs').where('id', runId).first('last_seq'),
    );
    return row.last_seq;
  }

  return {
    /**
     * Appends in one transaction and answers the last number given. Rejects with `LeaseLostError` when the run is no longer
     * the owner's: the numbering is taken under the lease, so two owners can never write the same number.
     */
    append(owner: Owner, events: readonly NewEvent[]): Promise<number> {
      return database.transaction(async () => {
        const last = await numberNext(owner, events.length);
        const rows = events.map(({ at, payload }, index) => ({
          run_id: owner.runId,
          seq: last - events.length + index + 1,
          at,
          payload: toJson(payload),
        }));
        await insertRows(database, 'skills_run_events', rows);
        return last;
      });
    },

    ...eventReading(database),
  };
}

function eventReading(database: Database) {
  return {
    /** Events after `after`, in order. */
    async read(runId: string, after: number, limit: number): Promise<RunEvent[]> {
      const rows = await database.run<EventRow[]>((knex) =>
        knex('skills_run_events')
          .where('run_id', runId)
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(limit)
          .select('run_id', 'seq', 'at', 'payload'),
      );
      return rows.map(eventOf);
    },

    /** The last events between `after` and `before`, neither included, in order. `end`: no event comes behind it. */
    async readBefore(
      runId: string,
      { after, before }: { after: number; before: number | 'end' },
      limit: number,
    ): Promise<RunEvent[]> {
      const rows = await database.run<EventRow[]>((knex) =>
        knex('skills_run_events')
          .where('run_id', runId)
          .where('seq', '>', after)
          .modify((query) => {
            if (before !== 'end') void query.where('seq', '<', before);
          })
          .orderBy('seq', 'desc')
          .limit(limit)
          .select('run_id', 'seq', 'at', 'payload'),
      );
      return rows.reverse().map(eventOf);
    },
  };
}

export type EventRows = ReturnType<typeof createEventRows>;
