import { describeRuns } from '../../../../../tests/support/describe-runs';
import { openRuns } from '../../../../../tests/support/runs';
import { createSweepRows } from './sweeps';

describeRuns('what sweepers ask for', (stand) => {
  it('offers the oldest queued runs of each execution, however many older ones another has', async () => {
    const under = openRuns({
      database: stand.db.database,
      executor: { execute: () => Promise.reject(new Error('never')) },
    });
    stand.keep(under);
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await under.runs.start(under.request())).run.id);
    const of = (execution: string, createdAt: number, ...which: number[]) =>
      Promise.all(
        which.map((index) =>
          stand.db
            .knex('skills_runs')
            .where('id', ids[index])
            .update({ execution, created_at: createdAt + index }),
        ),
      );
    await of('agent', 100, 0, 1, 2);
    await of('sandbox', 200, 3);
    await of('provider', 300, 4);
    const queued = await createSweepRows(stand.db.database).queued(2);
    expect(queued.map(({ id }) => ids.indexOf(id)).sort()).toEqual([0, 1, 3, 4]);
    expect(queued.filter(({ execution }) => execution === 'agent').map(({ id }) => id)).toEqual(
      ids.slice(0, 2),
    );
  });

  it('finds queued runs by an index alone, without sorting', async () => {
    if (stand.db.knex.client.config.client !== 'better-sqlite3') return;
    stand.db.statements();
    await createSweepRows(stand.db.database).queued(2);
    const asked = stand.db.statements().filter((sql) => sql.includes('skills_runs'));
    expect(asked).toHaveLength(4);
    const bindings = (asked[0]!.match(/\?/g) ?? []).map(() => 1);
    const plan: { detail: string }[] = await stand.db.knex.raw(`explain query plan ${asked[0]}`, bindings);
    const details = plan.map(({ detail }) => detail).join('; ');
    expect(details).toContain('USING INDEX skills_runs_queue_ix');
    expect(details).not.toContain('TEMP B-TREE');
  });
});
