import type { Knex } from 'knex';
import { finalRunStatuses, runStatuses, type RunStatus } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';

/** From each state, where a run may go. A finished run never changes. */
export const legalMoves: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'cancelled'],
  running: ['waiting', 'completed', 'failed', 'cancelled'],
  waiting: ['running', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

const final: readonly RunStatus[] = finalRunStatuses;

/** The states of runs that have not ended. */
export const activeStatuses: readonly RunStatus[] = runStatuses.filter((status) => !final.includes(status));

/** A run was to make a move that its state machine forbids: a bug of ours, since races are answered by `false`. */
export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError';
  constructor(from: RunStatus, to: RunStatus) {
    super(`A run may not go from ${from} to ${to}.`);
  }
}

export interface Move {
  runId: string;
  from: RunStatus;
  to: RunStatus;
  /** The lease under which the row must be; `null` where none may be held (`queued`, `waiting`). */
  token: string | null;
  /** What else must hold of the row; the move is not made otherwise. */
  when?: (query: Knex.QueryBuilder) => void;
  /** Further columns to write with the status. */
  set?: (knex: Knex) => Record<string, string | number | null | Knex.Raw>;
}

/**
 * The one writer of a run's status. Answers false when the row is no longer in `from` under this lease: somebody else was
 * first, and the caller's view of the run is out of date. Throws `IllegalMoveError` for a move that may never be made.
 */
export async function moveRun(database: Database, move: Move): Promise<boolean> {
  const { runId, from, to, token, when, set } = move;
  if (!legalMoves[from].includes(to)) throw new IllegalMoveError(from, to);
  const changed = await database.run<number>((knex) =>
    knex('skills_runs')
      .where({ id: runId, status: from, lease_token: token })
      .modify((query) => when?.(query))
      .update({ ...set?.(knex), status: to }),
  );
  return changed === 1;
}
