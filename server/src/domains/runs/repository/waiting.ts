import type { RunStatus, WaitReason } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { LeaseLostError, type Lease, type RunTotals } from '../run-record';
import { totalsColumns } from './endings';
import type { EventRows, NewEvent } from './events';
import type { SignalRows } from './signals';
import { activeStatuses, moveRun } from './transitions';

export interface Suspension {
  lease: Lease;
  reason: WaitReason;
  /** Milliseconds until the run fails when nobody has come. */
  timeoutMs: number;
  /** What it took so far. */
  totals?: RunTotals;
  /** What is still to be stored before it waits. */
  events: readonly NewEvent[];
}

/** The run was cancelled before it could begin to wait: its owner ends it instead. */
export class CancelledMeanwhileError extends Error {
  override readonly name = 'CancelledMeanwhileError';
}

/** How a row stands that is locked by the transaction that is open. */
export interface LockedRun {
  status: RunStatus;
  token: string | null;
}

/**
 * Locks a run's row in the transaction that is open, which has read nothing before: the state answered stands until it commits. Undefined
 * when there is none.
 */
async function lockRun(database: Database, runId: string): Promise<LockedRun | undefined> {
  const found = await database.run<number>((knex) =>
    knex('skills_runs')
      .where('id', runId)
      .update({ last_seq: knex.ref('last_seq') }),
  );
  if (found !== 1) return undefined;
  const row = await database.run<{ status: RunStatus; lease_token: string | null }>((knex) =>
    knex('skills_runs').where('id', runId).first('status', 'lease_token'),
  );
  return { status: row.status, token: row.lease_token };
}

async function waitsStill(database: Database, runId: string, reason: WaitReason): Promise<boolean> {
  if (reason === 'external') return true;
  const open: unknown = await database.run((knex) =>
    reason === 'approval'
      ? knex('skills_run_approvals').where('run_id', runId).whereNull('decided_at').first('call_digest')
      : knex('skills_runs')
          .where('parent_run_id', runId)
          .whereIn('status', [...activeStatuses])
          .first('id'),
  );
  return open !== undefined;
}

/** Runs that wait: how they begin to, and what makes them ready to go on. */
export function createWaitingRows(
  database: Database,
  { events, signals }: { events: EventRows; signals: Pick<SignalRows, 'cancelled'> },
) {
  return {
    lock: (runId: string) => lockRun(database, runId),

    /**
     * The lease is given up, and the run waits. Answers its last number. Rejects with `LeaseLostError` when the run is no longer the
     * caller's, and with `CancelledMeanwhileError`; nothing is written then.
     */
    suspend({ lease, reason, timeoutMs, totals, events: pending }: Suspension): Promise<number> {
      const { runId, token } = lease;
      return database.transaction(async () => {
        const now = await database.readClock();
        const until = now + Math.trunc(timeoutMs);
        const wait: NewEvent = {
          at: now,
          payload: { type: 'run-wait', reason, until: new Date(until).toISOString() },
        };
        const last = await events.append({ runId, status: 'running', token }, [...pending, wait]);
        // The row is locked by now: a cancel is here, or is asked for after this, of a run that waits.
        if ((await signals.cancelled([runId])).size > 0) throw new CancelledMeanwhileError();
        const moved = await moveRun(database, {
          runId,
          from: 'running',
          to: 'waiting',
          token,
          set: () => ({
            lease_token: null,
            lease_expires_at: null,
            waiting_for: reason,
            waiting_until: until,
            ready_at: null,
            ...totalsColumns(totals),
          }),
        });
        if (!moved) throw new LeaseLostError(runId);
        return last;
      });
    },

    /**
     * Marks a waiting run as ready when there is nothing left that it waits for. Answers true when this call did. To be called after the
     * commit of what it waited for: of calls that meet, the later one sees what all have done.
     */
    wake(runId: string): Promise<boolean> {
      return database.transaction(async () => {
        if ((await lockRun(database, runId))?.status !== 'waiting') return false;
        const row = await database.run<{ waiting_for: WaitReason; ready_at: unknown }>((knex) =>
          knex('skills_runs').where('id', runId).first('waiting_for', 'ready_at'),
        );
        if (row.ready_at !== null || (await waitsStill(database, runId, row.waiting_for))) return false;
        await database.run((knex) =>
          knex('skills_runs').where('id', runId).update({ ready_at: database.now() }),
        );
        return true;
      });
    },
  };
}

export type WaitingRows = ReturnType<typeof createWaitingRows>;
