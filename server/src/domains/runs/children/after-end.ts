import type { CancelRun } from '../cancellation';
import type { RunsRepository } from '../repository';
import { hasEnded, type RunRecord } from '../run-record';
import type { WakeRun } from '../waiting/wake-run';

export interface AfterEndOptions {
  repository: Pick<RunsRepository, 'runs' | 'children'>;
  cancel: CancelRun;
  wake: WakeRun;
  onError(error: unknown): void;
}

/** What the end of a run means for its relatives. Never rejects: the sweeper mends what was not done. */
export type AfterEnd = (runId: string) => Promise<void>;

/** Cancels what a run that has ended had started, and wakes the run that waited for it. */
export function createAfterEnd({ repository, cancel, wake, onError }: AfterEndOptions): AfterEnd {
  async function cancelChild({ id }: RunRecord): Promise<void> {
    try {
      await cancel(id);
    } catch (error) {
      // It may have ended by itself meanwhile.
      const child = await repository.runs.find(id);
      if (child && !hasEnded(child.status)) throw error;
    }
  }

  return async (runId) => {
    try {
      for (const child of await repository.children.active(runId)) await cancelChild(child);
      const run = await repository.runs.find(runId);
      if (run?.parent) await wake(run.parent.runId);
    } catch (error) {
      onError(error);
    }
  };
}
