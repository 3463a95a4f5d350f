import type { Database } from '../../platform/database';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import { createEndings } from './repository/endings';
import { createEventRows } from './repository/events';
import { createLeaseRows } from './repository/leases';
import { createRunFileRows } from './repository/run-files';
import { createRunList } from './repository/run-list';
import { createRunStatistics } from './repository/run-statistics';
import { createRunTable } from './repository/runs';
import { createSignalRows } from './repository/signals';
import { createSweepRows } from './repository/sweeps';
import type { Lease } from './run-record';

/** All tables of the runs domain, by idea. */
export function createRunsRepository(database: Database) {
  const events = createEventRows(database);
  const files = createRunFileRows(database);
  const leases = createLeaseRows(database);
  return {
    runs: createRunTable(database),
    lists: createRunList(database),
    files,
    events,
    endings: createEndings(database, events),
    leases,
    sweeps: createSweepRows(database),
    signals: createSignalRows(database),
    statistics: createRunStatistics(database),

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
