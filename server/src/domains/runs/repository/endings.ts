import type { Knex } from 'knex';
import type { RunStatus } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import { numberOrNull } from '../../../platform/database';
import { LeaseLostError, type RunError, type RunTotals } from '../run-record';
import type { EventRows, NewEvent } from './events';
import { notWaiting } from './leases';
import { toJson } from './run-rows';
import { createRunStateRows } from './run-states';
import { moveRun } from './transitions';

export interface Ending {
  runId: string;
  /** The state it ends from: its owner's or the sweeper's `running`, `queued` when it never began, or `waiting`, which nobody owns. */
  from: 'queued' | 'running' | 'waiting';
  token: string | null;
  /** `overdue`: only when it waits still, for longer than it may. */
  when?: 'overdue';
  status: Extract<RunStatus, 'completed' | 'failed' | 'cancelled'>;
  error: RunError | null;
  output?: unknown;
  /** What it took; left as it is when absent. */
  totals?: RunTotals;
  /** What is still to be stored before the end. */
  events?: readonly NewEvent[];
}

/** Longer messages are cut: MySQL's `text` holds 64 KB. */
const MAX_MESSAGE_CHARACTERS = 4_000;

export function totalsColumns(totals: RunTotals | undefined): Record<string, number | null> {
  if (!totals) return {};
  const { inputTokens, outputTokens, estimatedTokens, toolCalls, cost } = totals;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    estimated_tokens: estimatedTokens,
    tool_calls: toolCalls,
    cost,
  };
}

/** How runs end: the last events, `run-end` and the final status are stored together, or not at all. */
export function createEndings(database: Database, events: EventRows) {
  const states = createRunStateRows(database);
  const overdue = (query: Knex.QueryBuilder): void =>
    void query.whereNull('ready_at').where('waiting_until', '<=', database.now());

  async function duration(runId: string, now: number): Promise<number | null> {
    const row = await database.run<{ started_at: number | string | null } | undefined>((knex) =>
      knex('skills_runs').where('id', runId).first('started_at'),
    );
    const startedAt = numberOrNull(row?.started_at);
    return startedAt === null ? null : Math.max(0, now - startedAt);
  }

  return {
    /** Rejects with `LeaseLostError` when the run is no longer in `from` under this lease; nothing is written then. */
    end(ending: Ending): Promise<number> {
      const { runId, from, token, status } = ending;
      const error = ending.error && {
        code: ending.error.code,
        message: ending.error.message.slice(0, MAX_MESSAGE_CHARACTERS),
      };
      return database.transaction(async () => {
        const now = await database.readClock();
        const durationMs = await duration(runId, now);
        const end: NewEvent = { at: now, payload: { type: 'run-end', status, error, durationMs } };
        const last = await events.append({ runId, status: from, token }, [...(ending.events ?? []), end]);
        const moved = await moveRun(database, {
          runId,
          from,
          to: status,
          token,
          ...(ending.when === 'overdue' && { when: overdue }),
          set: () => ({
            ...notWaiting,
            lease_token: null,
            lease_expires_at: null,
            finished_at: now,
            duration_ms: durationMs,
            output: ending.output === undefined ? null : toJson(ending.output),
            error_code: error?.code ?? null,
            error_message: error && toJson(error.message),
            ...totalsColumns(ending.totals),
          }),
        });
        if (!moved) throw new LeaseLostError(runId);
        await states.remove(runId);
        return last;
      });
    },
  };
}
