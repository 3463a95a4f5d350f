import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import { openRuns, runsTestMigrations, type RunsUnderTest } from '../../../../../tests/support/runs';
import type { RunListRequest } from '../service';

const ada = { type: 'admin-user', id: 'ada', name: 'Ada' } as const;
const bot = { type: 'api-token', id: 'bot', name: 'Bot' } as const;
const nobody = { type: 'public', id: null, name: 'Public' } as const;

describeOnDatabases('listing runs', (open, dialect) => {
  let db: TestDatabase;
  let under: RunsUnderTest;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    db = await open(runsTestMigrations);
    under = openRuns({
      database: db.database,
      executor: {
        execute: (context) =>
          Promise.resolve(
            context.input === 'fail'
              ? { status: 'failed', error: { code: 'exit-code', message: 'Bad.' } }
              : { status: 'completed', output: 1 },
          ),
      },
    });
    const skill = (id: string, kind = 'fake') => ({ id, kind, archived: false });
    const requests = {
      first: under.request({ skill: skill('skill-1'), startedBy: ada, origin: 'panel' }),
      second: under.request({ skill: skill('skill-1'), startedBy: bot, input: 'fail' }),
      third: under.request({ skill: skill('skill-2', 'other'), startedBy: ada, origin: 'panel' }),
      fourth: under.request({ skill: skill('skill-2', 'other'), startedBy: nobody }),
    };
    let time = Date.parse('2026-01-01T00:00:00Z');
    for (const [name, request] of Object.entries(requests)) {
      const { run } = await under.runs.start(request);
      ids[name] = run.id;
      await db
        .knex('skills_runs')
        .where('id', run.id)
        .update({ created_at: (time += 3_600_000) });
    }
    for (const name of ['first', 'second', 'third']) await under.runs.workers.execute(ids[name] ?? '');
  });

  afterAll(async () => {
    await under.stop();
    await db.close();
  });

  async function names(query: Partial<RunListRequest>, scope = {}): Promise<string[]> {
    const { runs, total } = await under.runs.list(
      { page: 1, pageSize: 50, sort: 'createdAt', ...query },
      scope,
    );
    expect(total).toBe(runs.length);
    return runs.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id);
  }

  it.each([
    [{}, ['first', 'second', 'third', 'fourth']],
    [{ skill: 'skill-1' }, ['first', 'second']],
    [{ kind: 'other' }, ['third', 'fourth']],
    [{ status: 'failed' as const }, ['second']],
    [{ startedBy: 'ada' }, ['first', 'third']],
    [{ origin: 'api' as const }, ['second', 'fourth']],
    [{ from: '2026-01-01T02:00:00Z' }, ['second', 'third', 'fourth']],
    [{ to: '2026-01-01T03:00:00+01:00' }, ['first', 'second']],
    [{ skill: 'skill-2', status: 'completed' as const }, ['third']],
  ])('narrows by %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('sorts by time, duration and status, both ways', async () => {
    expect(await names({ sort: 'createdAt:desc' })).toEqual(['fourth', 'third', 'second', 'first']);
    expect((await names({ sort: 'status:asc' })).slice(2)).toEqual(['second', 'fourth']);
    await db.knex('skills_runs').where('id', ids.second).update({ duration_ms: 5000 });
    expect((await names({ sort: 'durationMs:desc', status: undefined })).indexOf('second')).toBeLessThan(
      (await names({ sort: 'durationMs:desc' })).indexOf('first'),
    );
  });

  it('pages without repeating or losing a run', async () => {
    const pages = await Promise.all(
      [1, 2].map((page) => under.runs.list({ page, pageSize: 3, sort: 'createdAt' }, {})),
    );
    expect(pages.map(({ runs }) => runs.length)).toEqual([3, 1]);
    expect(pages[0]?.total).toBe(4);
    expect(new Set(pages.flatMap(({ runs }) => runs.map(({ id }) => id))).size).toBe(4);
  });

  it('keeps a scope to its owner, and to the skills that are seen', async () => {
    expect(await names({}, { ownedBy: bot })).toEqual(['second']);
    const visibleSkills = (knex: TestDatabase['knex']) => knex.select(knex.raw('?', ['skill-2']));
    expect(await names({}, { visibleSkills })).toEqual(['third', 'fourth']);
    expect(await under.runs.starters({ visibleSkills })).toEqual([ada]);
  });

  if (dialect === 'sqlite') {
    const queries: Partial<RunListRequest>[] = [
      { sort: 'createdAt:desc' },
      { sort: 'durationMs' },
      { sort: 'status:desc' },
      { skill: 'skill-1' },
      { kind: 'other' },
      { status: 'failed' },
      { startedBy: 'ada' },
      { origin: 'api' },
      { connection: 'connection-1' },
      { model: 'model-1' },
      { from: '2026-01-01T02:00:00Z' },
    ];
    it.each(queries)('reads a page of %j from an index alone, without sorting', async (query) => {
      db.statements();
      await names(query);
      const sql = db.statements().filter((statement) => /^select .* from `skills_runs`/.test(statement));
      expect(sql).toHaveLength(2);
      for (const statement of sql) {
        const bindings = (statement.match(/\?/g) ?? []).map(() => 1);
        const plan: { detail: string }[] = await db.knex.raw(`explain query plan ${statement}`, bindings);
        const details = plan.map(({ detail }) => detail).join('; ');
        expect(details).toMatch(/USING (COVERING )?INDEX skills_runs_/);
        expect(details).not.toContain('TEMP B-TREE');
      }
    });
  }

  it('names everybody who has a name and started a run, once', async () => {
    expect(await under.runs.starters({})).toEqual([ada, bot]);
  });

  it('counts and measures the last day for the statistics', async () => {
    const now = await db.database.readClock();
    await db.knex('skills_runs').update({ created_at: now - 7_200_000 });
    await db
      .knex('skills_runs')
      .where('id', ids.first)
      .update({ created_at: now - 1000 });
    for (const [name, duration] of [
      ['first', 100],
      ['second', 400],
      ['third', 200],
    ] as const) {
      await db.knex('skills_runs').where('id', ids[name]).update({ duration_ms: duration });
    }
    expect(await under.runs.statistics()).toEqual({
      runsLastHour: 1,
      runsLastDay: 4,
      successRate: 2 / 3,
      medianDurationMs: 200,
    });
    await db
      .knex('skills_runs')
      .where('id', ids.third)
      .update({ finished_at: now - 2 * 86_400_000 });
    expect(await under.runs.statistics()).toMatchObject({ successRate: 1 / 2, medianDurationMs: 250 });
    await db.knex('skills_runs').update({ finished_at: null, created_at: 0 });
    expect(await under.runs.statistics()).toEqual({
      runsLastHour: 0,
      runsLastDay: 0,
      successRate: null,
      medianDurationMs: null,
    });
  });

  it('removes a skill’s runs with everything that belongs to them', async () => {
    await db.database.transaction(() => under.runs.removeAllOfSkill('skill-1'));
    expect(await names({})).toEqual(['third', 'fourth']);
    const left = await db.knex('skills_run_events').distinct('run_id').pluck('run_id');
    expect(left).toEqual([ids.third]);
  });
});
