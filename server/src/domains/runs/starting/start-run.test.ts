import { describeOnDatabases, type TestDatabase } from '../../../../../tests/support/database';
import {
  inputFile,
  openRuns,
  runsTestMigrations,
  versionOf,
  type RunsUnderTest,
} from '../../../../../tests/support/runs';
import { InvalidError } from '../../../http/errors';
import { runsTables } from '../migrations';

describeOnDatabases('starting runs', (open) => {
  let db: TestDatabase;
  let under: RunsUnderTest;

  beforeAll(async () => {
    db = await open(runsTestMigrations);
  });

  beforeEach(() => {
    under = openRuns({
      database: db.database,
      executor: { execute: () => Promise.resolve({ status: 'completed', output: null }) },
      checkRun: ({ prompt }) => {
        if (prompt !== null)
          throw new InvalidError('No prompts.', { code: 'prompt-unsupported', path: ['prompt'] });
      },
    });
  });

  afterEach(async () => {
    await under.stop();
    await db.clear(runsTables);
  });

  afterAll(async () => {
    await db.close();
  });

  const storedRuns = async () =>
    (await under.runs.list({ page: 1, pageSize: 100, sort: 'createdAt' }, {})).total;

  const refusals = [
    {
      reason: 'an archived skill',
      change: { skill: { id: 'skill-1', kind: 'fake', archived: true } },
      code: 'skill-archived',
    },
    {
      reason: 'a version with errors',
      change: {
        version: versionOf({ findings: [{ severity: 'error', code: 'no-name', message: 'No name.' }] }),
      },
      code: 'version-invalid',
    },
    { reason: 'a prompt', change: { prompt: 'Hello' }, code: 'prompt-unsupported' },
    { reason: 'an input that is too large', change: { input: 'x'.repeat(2000) }, code: 'input-too-large' },
    {
      reason: 'an endless idempotency key',
      change: { idempotencyKey: 'k'.repeat(300) },
      code: 'idempotency-key-too-long',
    },
  ];

  it.each(refusals)('refuses $reason and stores nothing', async ({ change, code }) => {
    await expect(under.runs.start(under.request(change))).rejects.toMatchObject({ details: { code } });
    expect(await storedRuns()).toBe(0);
    expect(under.frozen).toEqual([]);
  });

  it('stores the run queued, freezes its version and tells its skill', async () => {
    const { run, replayed } = await under.runs.start(under.request());
    expect(run).toMatchObject({ status: 'queued', versionNumber: 1, input: { n: 1 } });
    expect(replayed).toBe(false);
    expect(under.frozen).toEqual(['version-1']);
    expect(under.lastRuns).toEqual([`${run.id} queued`]);
  });

  it('checks again what was edited between the check and the freezing', async () => {
    under.versions.set(
      'version-1',
      versionOf({ revision: 2, findings: [{ severity: 'error', code: 'no-name', message: 'No name.' }] }),
    );
    await expect(under.runs.start(under.request())).rejects.toMatchObject({
      details: { code: 'version-invalid' },
    });
    expect(await storedRuns()).toBe(0);
  });

  it('answers the same run for the same key and request', async () => {
    const file = await inputFile(under.blobs, 'a.txt', 'A');
    const request = under.request({ idempotencyKey: 'k', input: { a: 1, b: 2 }, inputFiles: [file] });
    const first = await under.runs.start(request);
    const second = await under.runs.start({ ...request, input: { b: 2, a: 1 } });
    expect(second).toMatchObject({ run: { id: first.run.id }, replayed: true });
    expect(await storedRuns()).toBe(1);
  });

  it.each([
    { what: 'input', change: { input: { n: 2 } } },
    { what: 'version', change: { versionNumber: 1 } },
    {
      what: 'files',
      change: { inputFiles: [{ name: 'a', mime: 'text/plain', size: 1, digest: 'a'.repeat(64) }] },
    },
  ])('refuses the same key with other $what', async ({ change }) => {
    await under.runs.start(under.request({ idempotencyKey: 'k' }));
    await expect(under.runs.start(under.request({ idempotencyKey: 'k', ...change }))).rejects.toMatchObject({
      details: { code: 'idempotency-key-reused' },
    });
  });

  it('takes the same key of another caller, and for another skill, for another', async () => {
    await under.runs.start(under.request({ idempotencyKey: 'k' }));
    const other = { type: 'api-token', id: 'token-2', name: 'Other' } as const;
    await under.runs.start(under.request({ idempotencyKey: 'k', startedBy: other, input: 2 }));
    await under.runs.start(
      under.request({
        idempotencyKey: 'k',
        skill: { id: 'skill-2', kind: 'fake', archived: false },
        input: 3,
      }),
    );
    expect(await storedRuns()).toBe(3);
  });

  it('starts one run for twenty requests with one key that come at once', async () => {
    const started = await Promise.all(
      Array.from({ length: 20 }, () => under.runs.start(under.request({ idempotencyKey: 'same' }))),
    );
    expect(new Set(started.map(({ run }) => run.id)).size).toBe(1);
    expect(started.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await storedRuns()).toBe(1);
  });
});
