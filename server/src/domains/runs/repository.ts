import type { Database } from '../../platform/database';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import { createChangeRows } from './changes/change-rows';
import { createApprovalRows } from './repository/approvals';
import { createChildRows } from './repository/children';
import { createEndings } from './repository/endings';
import { createEventRows } from './repository/events';
import { createLeaseRows } from './repository/leases';
import { createInbox } from './repository/inbox';
import { createMessageRows } from './repository/messages';
import { createRunFileRows } from './repository/run-files';
import { createRunList } from './repository/run-list';
import { createRunSkillRows } from './repository/run-skills';
import { createRunStateRows } from './repository/run-states';
import { createRunStatistics } from './repository/run-statistics';
import { createRunTable } from './repository/runs';
import { createSignalRows } from './repository/signals';
import { createSweepRows } from './repository/sweeps';
import { createWaitingRows } from './repository/waiting';
import type { Lease, RunWithFiles } from './run-record';

/** All tables of the runs domain, by idea. */
export function createRunsRepository(database: Database) {
  const changes = createChangeRows(database);
  const runs = createRunTable(database);
  const skills = createRunSkillRows(database);
  const events = createEventRows(database);
  const files = createRunFileRows(database);
  const leases = createLeaseRows(database);
  const signals = createSignalRows(database);
  const messages = createMessageRows(database);
  const approvals = createApprovalRows(database);
  return {
    runs,
    lists: createRunList(database),
    files,
    events,
    endings: createEndings(database, events),
    leases,
    sweeps: createSweepRows(database),
    signals,
    skills,
    states: createRunStateRows(database),
    messages,
    approvals,
    inbox: createInbox({ database, events, leases, messages, approvals }),
    children: createChildRows(database),
    waiting: createWaitingRows(database, { events, signals }),
    statistics: createRunStatistics(database),

    /** Rejects with 404 `run-not-found`. */
    async getWithFiles(runId: string): Promise<RunWithFiles> {
      const run = await runs.get(runId);
      const { input, artifact } = await files.list(runId);
      return {
        ...run,
        inputFiles: input,
        artifacts: artifact,
        skills: await skills.list(runId),
        changes: await changes.summarise(runId),
      };
    },

    /** Records an artifact under the run's lease; rejects with `LeaseLostError` when it is gone. */
    recordArtifact(lease: Lease, file: RunFile): Promise<void> {
      return database.transaction(async () => {
        await leases.assertHeld(lease);
        await files.add(lease.runId, 'artifact', [file]);
      });
    },
  };
}

export type RunsRepository = ReturnType<typeof createRunsRepository>;
