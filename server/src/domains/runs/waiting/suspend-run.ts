import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/event-bus';
import type { RecordLastRun } from '../execution/run-ender';
import type { RunsRepository } from '../repository';
import { CancelledMeanwhileError, type Suspension } from '../repository/waiting';
import { LeaseLostError, type RunRecord } from '../run-record';
import { eventTopic } from '../topics';
import type { WakeRun } from './wake-run';

export interface RunSuspenderOptions {
  database: Database;
  repository: Pick<RunsRepository, 'waiting'>;
  bus: Pick<EventBus, 'publish'>;
  recordLastRun: RecordLastRun;
  wake: WakeRun;
}

/** Lets a run wait. `cancelled`: somebody has cancelled it before, so its owner is to end it; `lost`: it is no longer the owner's. */
export type SuspendRun = (
  run: Pick<RunRecord, 'id' | 'skillId' | 'createdAt'>,
  suspension: Suspension,
) => Promise<'waiting' | 'cancelled' | 'lost'>;

/** Lease, status, last events and the skill's "last run" change together. What was decided while it was still at work wakes it at once. */
export function createRunSuspender(options: RunSuspenderOptions): SuspendRun {
  const { database, repository, bus, recordLastRun, wake } = options;
  return async ({ id, skillId, createdAt }, suspension) => {
    try {
      const seq = await database.transaction(async () => {
        const last = await repository.waiting.suspend(suspension);
        await recordLastRun(skillId, { id, status: 'waiting', at: createdAt });
        return last;
      });
      bus.publish({ topic: eventTopic(id), seq });
    } catch (error) {
      if (error instanceof CancelledMeanwhileError) return 'cancelled';
      if (error instanceof LeaseLostError) return 'lost';
      throw error;
    }
    await wake(id);
    return 'waiting';
  };
}
