import type { Knex } from 'knex';
import { finalRunStatuses, runExecutions } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import type { Lease } from '../run-record';
import type { OfferedRun } from '../run-queues';
import { activeStatuses } from './transitions';

/** What the sweeper asks for: runs that somebody must look after. */
export function createSweepRows(database: Database) {
  return { ...offeredRows(database), ...lostRows(database), ...waitingRows(database) };
}

async function idsOf(database: Database, query: (knex: Knex) => Knex.QueryBuilder): Promise<string[]> {
  const rows = await database.run<{ id: string }[]>((knex) => query(knex));
  return rows.map(({ id }) => id);
}

/** What may be executed, and may not have been offered. */
function offeredRows(database: Database) {
  return {
    /**
     * Queued runs: what the sweeper offers again. So many of each execution, oldest first, so that none keeps another's waiting. A run's
     * children are its own worker's to execute.
     */
    async queued(limit: number): Promise<OfferedRun[]> {
      const queued: OfferedRun[] = [];
      for (const execution of runExecutions) {
        const oldest = await database.run<OfferedRun[]>((knex) =>
          knex('skills_runs')
            .where({ status: 'queued', execution })
            .whereNull('parent_run_id')
            .orderBy('created_at')
            .limit(limit)
            .select('id', 'execution'),
        );
        queued.push(...oldest);
      }
      return queued;
    },

    /** Waiting runs that may go on, oldest decision first. */
    async ready(limit: number): Promise<OfferedRun[]> {
      return database.run<OfferedRun[]>((knex) =>
        knex('skills_runs')
          .where('status', 'waiting')
          .whereNotNull('ready_at')
          .orderBy('ready_at')
          .limit(limit)
          .select('id', 'execution'),
      );
    },
  };
}

/** Whose owner is gone. */
function lostRows(database: Database) {
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

    /** Runs whose parent has ended, or is gone, and that go on all the same. */
    orphans(limit: number): Promise<string[]> {
      return idsOf(database, (knex) =>
        knex('skills_runs as run')
          .leftJoin('skills_runs as parent', 'parent.id', 'run.parent_run_id')
          .whereIn('run.status', [...activeStatuses])
          .whereNotNull('run.parent_run_id')
          .where((either) => {
            void either.whereNull('parent.id').orWhereIn('parent.status', [...finalRunStatuses]);
          })
          .limit(limit)
          .select('run.id'),
      );
    },
  };
}

/** What waits in vain. */
function waitingRows(database: Database) {
  return {
    /** Waiting runs for which nobody came in time. Who waits for runs that still work is none of them: those have limits of their own. */
    overdue(limit: number): Promise<string[]> {
      return idsOf(database, (knex) =>
        knex('skills_runs as run')
          .where('run.status', 'waiting')
          .where('run.waiting_until', '<=', database.now())
          .whereNull('run.ready_at')
          .whereNotExists(activeChildren(knex))
          .orderBy('run.waiting_until')
          .limit(limit)
          .select('run.id'),
      );
    },

    /** Waiting runs that nothing keeps any more, and that nobody has marked as ready: a server died between the two. */
    stalled(limit: number): Promise<string[]> {
      return idsOf(database, (knex) =>
        knex('skills_runs as run')
          .where('run.status', 'waiting')
          .whereNull('run.ready_at')
          .where((either) => {
            void either
              .where((decided) => {
                void decided.where('run.waiting_for', 'approval').whereNotExists(openApprovals(knex));
              })
              .orWhere((rested) => {
                void rested.where('run.waiting_for', 'child-runs').whereNotExists(activeChildren(knex));
              });
          })
          .limit(limit)
          .select('run.id'),
      );
    },
  };
}

function activeChildren(knex: Knex): Knex.QueryBuilder {
  return knex('skills_runs as child')
    .whereRaw('?? = ??', ['child.parent_run_id', 'run.id'])
    .whereIn('child.status', [...activeStatuses])
    .select('child.id');
}

function openApprovals(knex: Knex): Knex.QueryBuilder {
  return knex('skills_run_approvals as approval')
    .whereRaw('?? = ??', ['approval.run_id', 'run.id'])
    .whereNull('approval.decided_at')
    .select('approval.run_id');
}
