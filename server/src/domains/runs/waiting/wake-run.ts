import type { RunsRepository } from '../repository';
import type { RunQueues } from '../run-queues';

export interface RunWakerOptions {
  repository: Pick<RunsRepository, 'waiting' | 'runs'>;
  queues: Pick<RunQueues, 'offer'>;
}

/**
 * Offers a waiting run to workers when there is nothing left that it waits for; does nothing otherwise. To be called whenever something of
 * that kind has been committed. Called too often it does no harm: the run is marked once, and claimed once.
 */
export type WakeRun = (runId: string) => Promise<void>;

export function createRunWaker({ repository, queues }: RunWakerOptions): WakeRun {
  return async (runId) => {
    if (!(await repository.waiting.wake(runId))) return;
    const run = await repository.runs.find(runId);
    if (run) queues.offer(run);
  };
}
