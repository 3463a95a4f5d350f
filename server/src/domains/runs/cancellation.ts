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

/** Asks for a run's end. Answers the run as it is then: a queued one has ended, a running one ends within a second. */
export type CancelRun = (runId: string) => Promise<RunRecord>;

/** Rejects with 409 `run-ended` when there is nothing left to cancel, and with 404 `run-not-found`. */
export function createCancellation({ repository, endRun, bus }: CancellationOptions): CancelRun {
  return async (runId) => {
    const run = await repository.runs.get(runId);
    if (run.status === 'queued') {
      const ending = { from: 'queued', token: null, status: 'cancelled', error: null } as const;
      if (await endRun(run, ending)) return repository.runs.get(runId);
    }
    // A worker may have claimed it, or ended it, in the meantime.
    const current = await repository.runs.get(runId);
    if (hasEnded(current.status)) {
      throw new ConflictError(`This run has ended: it is ${current.status}.`, {
        code: 'run-ended',
        status: current.status,
      });
    }
    await repository.signals.send(runId, 'cancel');
    bus.publish({ topic: signalTopic(runId) });
    return current;
  };
}
