import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/event-bus';
import type { SkillsService } from '../../skills';
import type { RunsRepository } from '../repository';
import type { Ending } from '../repository/endings';
import { LeaseLostError, type RunRecord } from '../run-record';
import { eventTopic } from '../topics';

/** Writes on a skill which run of it was the last, in the transaction that is open. */
export type RecordLastRun = SkillsService['recordLastRun'];

export interface RunEnderOptions {
  database: Database;
  repository: RunsRepository;
  bus: EventBus;
  recordLastRun: RecordLastRun;
  /** Called once the end is stored. */
  afterEnd(runId: string): Promise<void>;
}

/** Ends a run. Answers false when it was no longer the caller's to end; nothing is written then. */
export type EndRun = (
  run: Pick<RunRecord, 'id' | 'skillId' | 'createdAt'>,
  ending: Omit<Ending, 'runId'>,
) => Promise<boolean>;

/** Ends runs: status, last events and the skill's "last run" change together, and readers hear of it after the commit. */
export function createRunEnder(options: RunEnderOptions): EndRun {
  const { database, repository, bus, recordLastRun, afterEnd } = options;
  return async ({ id, skillId, createdAt }, ending) => {
    try {
      const seq = await database.transaction(async () => {
        const last = await repository.endings.end({ ...ending, runId: id });
        await recordLastRun(skillId, { id, status: ending.status, at: createdAt });
        return last;
      });
      bus.publish({ topic: eventTopic(id), seq });
    } catch (error) {
      if (error instanceof LeaseLostError) return false;
      throw error;
    }
    await afterEnd(id);
    return true;
  };
}
