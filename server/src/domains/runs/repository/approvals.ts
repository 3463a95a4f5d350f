import { createHash } from 'node:crypto';
import { actorSchema, type Actor, type RunApproval } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { insertRows } from '../../../platform/database';
import { toJson } from './run-rows';

/** A tool call that is to wait for a person. */
export interface NewApproval {
  callId: string;
  name: string;
  input: unknown;
}

interface ApprovalRow {
  call_id: string;
  name: string;
  input: string;
  approved: boolean | number | null;
  note: string | null;
  decided_by: string | null;
  requested_at: number | string;
  decided_at: number | string | null;
}

function approvalOf(row: ApprovalRow): RunApproval {
  return {
    callId: JSON.parse(row.call_id) as string,
    name: JSON.parse(row.name) as string,
    input: JSON.parse(row.input) as unknown,
    approved: row.approved === null ? null : Boolean(row.approved),
    note: row.note === null ? null : (JSON.parse(row.note) as string),
    decidedBy: row.decided_by === null ? null : actorSchema.parse(JSON.parse(row.decided_by)),
    requestedAt: new Date(Number(row.requested_at)).toISOString(),
    decidedAt: row.decided_at === null ? null : new Date(Number(row.decided_at)).toISOString(),
  };
}

function digestOf(callId: string): string {
  return createHash('sha256').update(callId).digest('hex');
}

/** Tool calls that people decide about. A decision is never taken back. */
export function createApprovalRows(database: Database) {
  return {
    /** In the order in which they were asked about. */
    async list(runId: string): Promise<RunApproval[]> {
      const rows = await database.run<ApprovalRow[]>((knex) =>
        knex('skills_run_approvals').where('run_id', runId).orderBy('position').select(),
      );
      return rows.map(approvalOf);
    },

    /** Joins the open transaction, in which no call of these may be there yet. `position`: how many were asked about before. */
    async add(runId: string, position: number, calls: readonly NewApproval[]): Promise<void> {
      const rows = calls.map(({ callId, name, input }, index) => ({
        run_id: runId,
        call_digest: digestOf(callId),
        position: position + index,
        call_id: toJson(callId),
        name: toJson(name),
        input: toJson(input),
        approved: null,
        note: null,
        decided_by: null,
        requested_at: database.now(),
        decided_at: null,
      }));
      await insertRows(database, 'skills_run_approvals', rows);
    },

    /** Joins the open transaction. Answers false when it was decided before. */
    async decide(
      runId: string,
      { callId, approved, note }: { callId: string; approved: boolean; note: string | null },
      by: Actor,
    ): Promise<boolean> {
      const changed = await database.run<number>((knex) =>
        knex('skills_run_approvals')
          .where({ run_id: runId, call_digest: digestOf(callId) })
          .whereNull('decided_at')
          .update({
            approved,
            note: note === null ? null : toJson(note),
            decided_by: toJson(by),
            decided_at: database.now(),
          }),
      );
      return changed === 1;
    },
  };
}
