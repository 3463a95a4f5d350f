import { ConflictError } from '../../http/errors';
import type { EventBus } from '../../platform/event-bus';
import type { EndRun } from './execution/run-ender';
import type { RunsRepository } from './repository';
import { hasEnded, type RunRecord } from './run-record';
import { signalTopic } from './topics';

export interface CancellationOptions {
  repository: Pick<RunsRepository, 'runs' | 'signals'>;
  endRun: EndRun;
  bus: EventBus;
}

/** Asks for a run's end. Answers the run as it is then: a queued or waiting one has ended, a running one ends within a second. */
export type CancelRun = (runId: string) => Promise<RunRecord>;

/**
 * What the run has started ends with it. Rejects with 409 `run-ended` when there is nothing left to cancel, and with 404
 * `run-not-found`.
 */
export function createCancellation({ repository, endRun, bus }: CancellationOptions): CancelRun {
  return async (runId) => {
    // A worker may claim it, end it or let it wait in the meantime: each time what is to be done is another.
    for (;;) {
      const run = await repository.runs.get(runId);
      if (hasEnded(run.status)) throw hasEndedAlready(run);
      if (run.status === 'queued' || run.status === 'waiting') {
        const ending = { from: run.status, token: null, status: 'cancelled', error: null } as const;
        if (await endRun(run, ending)) return repository.runs.get(runId);
      } else if (await repository.signals.send(runId, 'cancel')) {
        bus.publish({ topic: signalTopic(runId) });
        return run;
      }
    }
  };
}

/** The refusal of whatever only a run can take that has not ended. */
export function hasEndedAlready({ status }: Pick<RunRecord, 'status'>): ConflictError {
  return new ConflictError(`This run has ended: it is ${status}.`, { code: 'run-ended', status });
}
