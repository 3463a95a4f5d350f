import { runsTables } from '../../server/src/domains/runs/migrations';
import { describeOnDatabases, type TestDatabase } from './database';
import { runsTestMigrations, type RunsUnderTest } from './runs';

/** A database with the tables of runs, for the tests of one suite. */
export interface RunsStand {
  readonly db: TestDatabase;
  /** Stops them after the test. */
  keep(...runs: RunsUnderTest[]): void;
}

/** Tests of the runs domain on each database: after each test what it opened is stopped, and the tables are emptied. */
export function describeRuns(name: string, suite: (stand: RunsStand) => void): void {
  describeOnDatabases(name, (open) => {
    let db: TestDatabase;
    const kept: RunsUnderTest[] = [];

    beforeAll(async () => {
      db = await open(runsTestMigrations);
    });

    afterEach(async () => {
      for (const runs of kept.splice(0)) await runs.stop();
      await db.clear(runsTables);
    });

    afterAll(async () => {
      await db.close();
    });

    suite({
      get db() {
        return db;
      },
      keep: (...runs) => void kept.push(...runs),
    });
  });
}
