import { INTERRUPTED, type RunError } from '../run-record';
import type { Ending } from '../repository/endings';
import type { StopReason } from './attempt';
import type { RunOutcome } from '../../skills';
import { failureOf } from './failure';
import type { Settled } from './settle';

export interface Verdict extends Pick<Ending, 'status' | 'output'> {
  error: RunError | null;
  /** What was thrown, when it is a bug of ours rather than something to tell the run's readers. */
  unexpected?: unknown;
}

export type WaitingOutcome = Extract<RunOutcome, { status: 'waiting' }>;

/** What a run that came to rest waits for; undefined when it has ended. A run whose server stops waits all the same: all is saved. */
export function waitOf(settled: Settled, stopped: StopReason | undefined): WaitingOutcome | undefined {
  if (!('outcome' in settled) || settled.outcome.status !== 'waiting') return undefined;
  return stopped === undefined || stopped.type === 'interrupted' ? settled.outcome : undefined;
}

/** How a run that came to rest has ended. What the executor answered stands, even when a stop came while it did; that it waits does not. */
export function verdictOf(settled: Settled, stopped: StopReason | undefined): Verdict {
  if ('outcome' in settled && settled.outcome.status !== 'waiting') {
    const { outcome } = settled;
    const error = outcome.status === 'failed' ? outcome.error : null;
    return { status: outcome.status, error, output: outcome.output };
  }
  if (stopped?.type === 'cancelled') return { status: 'cancelled', error: null };
  if (stopped?.type === 'interrupted') {
    const message = 'The server was stopped while the run was executed.';
    return { status: 'failed', error: { code: INTERRUPTED, message } };
  }
  if (stopped?.type === 'time-limit') {
    const message = `The run took longer than the ${Math.round(stopped.limitMs / 1000)} seconds that it may, and was ended.`;
    return { status: 'failed', error: { code: 'time-limit', message } };
  }
  const thrown =
    stopped?.type === 'events-not-stored' ? stopped.error : 'thrown' in settled && settled.thrown;
  const { error, unexpected } = failureOf(thrown);
  return { status: 'failed', error, ...(unexpected ? { unexpected: thrown } : {}) };
}
