import type { Actor, RunApproval, RunApprovalsCreate } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, MissingError } from '../../../http/errors';
import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/event-bus';
import { hasEndedAlready } from '../cancellation';
import type { MaskOfSkill } from '../execution/masking/mask-of-skill';
import type { RunsRepository } from '../repository';
import { eventTopic } from '../topics';
import type { WakeRun } from './wake-run';

type AskedDecision = RunApprovalsCreate['decisions'][number];

/** What people decide about the tool calls of agents. Whether a caller may decide is its caller's to know. */
export interface RunApprovals {
  /** In the order in which they were asked for. */
  list(runId: string): Promise<RunApproval[]>;
  /**
   * All of the decisions, or none; the run goes on when nothing is left to decide. A decision that was made before may be repeated: that
   * changes nothing. Rejects with 404 `approval-not-found`, 409 `approval-decided` and `run-ended`. Answers all approvals.
   */
  decide(runId: string, decisions: readonly AskedDecision[], by: Actor): Promise<RunApproval[]>;
}

export interface RunApprovalsOptions {
  database: Database;
  repository: Pick<RunsRepository, 'runs' | 'approvals' | 'waiting' | 'events'>;
  bus: Pick<EventBus, 'publish'>;
  wake: WakeRun;
  maskOf: MaskOfSkill;
}

export function createRunApprovals(options: RunApprovalsOptions): RunApprovals {
  const { database, repository, bus, wake, maskOf } = options;
  const { runs, approvals, waiting, events } = repository;

  /** Notes are people's words, which are stored without the secrets of the skill's environment. */
  async function masked(runId: string, decisions: readonly AskedDecision[]): Promise<AskedDecision[]> {
    if (decisions.every(({ note }) => !note)) return [...decisions];
    const mask = await maskOf((await runs.get(runId)).skillId);
    return decisions.map(({ note, ...rest }) => ({ ...rest, note: note && mask.text(note) }));
  }

  /** Answers the run's last number, when something was decided. */
  async function record(
    runId: string,
    decisions: readonly AskedDecision[],
    by: Actor,
  ): Promise<number | undefined> {
    // Locked first, so that what is read next stands: decisions, cancels and resumptions come one after the other.
    const run = await waiting.lock(runId);
    if (!run) throw new MissingError('There is no such run.', { code: 'run-not-found' });
    const fresh = undecided(decisions, await approvals.list(runId));
    if (fresh.length === 0) return undefined;
    const { status, token } = run;
    if (status !== 'running' && status !== 'waiting') throw hasEndedAlready(run);
    const at = await database.readClock();
    for (const decision of fresh) await approvals.decide(runId, decision, by);
    return events.append(
      { runId, status, token },
      fresh.map((decision) => ({ at, payload: { type: 'approval', ...decision, by } })),
    );
  }

  return {
    list: (runId) => approvals.list(runId),

    async decide(runId, decisions, by) {
      const told = await masked(runId, decisions);
      const seq = await database.transaction(() => record(runId, told, by));
      if (seq !== undefined) bus.publish({ topic: eventTopic(runId), seq });
      // Also after a repetition: whoever decided first may not have come so far.
      await wake(runId);
      return approvals.list(runId);
    },
  };
}

/** What is new of these decisions. */
function undecided(decisions: readonly AskedDecision[], approvals: readonly RunApproval[]) {
  const known = new Map(approvals.map(({ callId, approved }) => [callId, approved]));
  const fresh: { callId: string; approved: boolean; note: string | null }[] = [];
  for (const [index, { callId, approved, note }] of decisions.entries()) {
    const path = ['decisions', index, 'callId'];
    const before = known.get(callId);
    if (before === undefined) {
      const message = 'No call of this name waits for a decision.';
      throw new MissingError(message, { code: 'approval-not-found', path });
    }
    if (before === approved) continue;
    if (before !== null) {
      const message = `This call has been ${before ? 'approved' : 'refused'} already.`;
      throw new ConflictError(message, { code: 'approval-decided', path, approved: before });
    }
    fresh.push({ callId, approved, note: note === undefined || note === '' ? null : note });
    known.set(callId, approved);
  }
  return fresh;
}
