import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import type { Database } from '../../../platform/database';
import { LeaseLostError, type Lease } from '../run-record';
import { moveRun } from './transitions';

/** `resumed`: the run waited before, and goes on with what it saved. */
export interface ClaimedLease {
  lease: Lease;
  resumed: boolean;
}

/** The columns of a run that waits for nothing. */
export const notWaiting = { waiting_for: null, waiting_until: null, ready_at: null } as const;

/** The database's clock `ms` from now, as an expression: no server's own clock ever decides about a lease. */
function fromNow(knex: Knex, database: Database, ms: number): Knex.Raw {
  return knex.raw('(? + ?)', [database.now(), knex.raw(String(Math.trunc(ms)))]);
}

/**
 * Takes a run for `leaseMs`: a queued one, or one that waited and is ready to go on. Answers undefined when it is neither (any more):
 * each is executed, and resumed, once.
 */
async function claimRun(
  database: Database,
  runId: string,
  leaseMs: number,
): Promise<ClaimedLease | undefined> {
  const token = uuid();
  const lease = { runId, token };
  const held = (knex: Knex) => ({
    lease_token: token,
    lease_expires_at: fromNow(knex, database, leaseMs),
  });
  const begun = await moveRun(database, {
    runId,
    from: 'queued',
    to: 'running',
    token: null,
    set: (knex) => ({ ...held(knex), started_at: database.now() }),
  });
  if (begun) return { lease, resumed: false };
  const resumed = await moveRun(database, {
    runId,
    from: 'waiting',
    to: 'running',
    token: null,
    when: (query) => void query.whereNotNull('ready_at'),
    set: (knex) => ({ ...held(knex), ...notWaiting }),
  });
  return resumed ? { lease, resumed: true } : undefined;
}

/** Leases: who may write a running run, and until when. */
export function createLeaseRows(database: Database) {
  return {
    claim: (runId: string, leaseMs: number) => claimRun(database, runId, leaseMs),

    /** Prolongs those of these leases that still hold; answers the tokens of the ones that do. */
    async renew(tokens: readonly string[], leaseMs: number): Promise<Set<string>> {
      const held = await database.transaction(async () => {
        await database.run((knex) =>
          knex('skills_runs')
            .whereIn('lease_token', tokens)
            .where('status', 'running')
            .where('lease_expires_at', '>', database.now())
            .update({ lease_expires_at: fromNow(knex, database, leaseMs) }),
        );
        return database.run<{ lease_token: string }[]>((knex) =>
          knex('skills_runs')
            .whereIn('lease_token', tokens)
            .where('status', 'running')
            .where('lease_expires_at', '>', database.now())
            .select('lease_token'),
        );
      });
      return new Set(held.map((row) => row.lease_token));
    },

    /** Locks the run's row in the transaction that is open. Rejects with `LeaseLostError` when it is no longer the owner's. */
    async assertHeld({ runId, token }: Lease): Promise<void> {
      const held = await database.run<number>((knex) =>
        knex('skills_runs')
          .where({ id: runId, lease_token: token, status: 'running' })
          .update({ lease_token: token }),
      );
      if (held !== 1) throw new LeaseLostError(runId);
    },
  };
}

export type LeaseRows = ReturnType<typeof createLeaseRows>;
