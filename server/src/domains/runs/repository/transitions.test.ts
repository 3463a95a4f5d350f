import { runStatuses } from 'strapi-plugin-skills-shared/contracts';
import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import { openRuns, runsTestMigrations, type RunsUnderTest } from '../../../../../tests/support/runs';
import { IllegalMoveError, legalMoves, moveRun } from './transitions';

const moves = runStatuses.flatMap((from) => runStatuses.map((to) => ({ from, to })));

describeOnDatabases('moving a run between states', (open) => {
  let db: TestDatabase;
  let under: RunsUnderTest;

  beforeAll(async () => {
    db = await open(runsTestMigrations);
    under = openRuns({
      database: db.database,
      executor: { execute: () => Promise.reject(new Error('never')) },
    });
  });

  afterAll(async () => {
    await under.stop();
    await db.close();
  });

  async function runIn(status: string, token: string | null): Promise<string> {
    const { run } = await under.runs.start(under.request());
    await db.knex('skills_runs').where('id', run.id).update({ status, lease_token: token });
    return run.id;
  }

  it.each(moves.filter(({ from, to }) => !legalMoves[from].includes(to)))(
    'refuses $from → $to and leaves the run as it is',
    async ({ from, to }) => {
      const runId = await runIn(from, null);
      await expect(moveRun(db.database, { runId, from, to, token: null })).rejects.toBeInstanceOf(
        IllegalMoveError,
      );
      expect((await under.runs.get(runId)).status).toBe(from);
    },
  );

  it.each(moves.filter(({ from, to }) => legalMoves[from].includes(to)))(
    'makes $from → $to under the lease, and without it nothing',
    async ({ from, to }) => {
      const runId = await runIn(from, 'mine');
      expect(await moveRun(db.database, { runId, from, to, token: 'other' })).toBe(false);
      expect(await moveRun(db.database, { runId, from, to, token: null })).toBe(false);
      expect((await under.runs.get(runId)).status).toBe(from);
      expect(await moveRun(db.database, { runId, from, to, token: 'mine' })).toBe(true);
      expect((await under.runs.get(runId)).status).toBe(to);
    },
  );

  it('lets no finished run go anywhere', () => {
    for (const status of ['completed', 'failed', 'cancelled'] as const)
      expect(legalMoves[status]).toEqual([]);
  });
});
