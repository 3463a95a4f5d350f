import { Readable } from 'node:stream';
import { describeRuns } from '../../../../tests/support/describe-runs';
import {
  eventually,
  inputFile,
  openRuns,
  sha256,
  type RunsUnderTest,
  type RunsUnderTestOptions,
} from '../../../../tests/support/runs';
import { InvalidError } from '../../http/errors';
import type { RunContext } from '../skills/kinds/kind';
import { hasEnded, type RunWithFiles } from './run-record';

type Execute = (context: RunContext) => ReturnType<RunsUnderTestOptions['executor']['execute']>;

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((resolved) => (resolve = resolved));
  return { promise, resolve };
}

/** Resolves when the run is aborted, as an executor that watches its signal does. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

describeRuns('executing runs', (stand) => {
  function working(execute: Execute, options: Partial<RunsUnderTestOptions> = {}): RunsUnderTest {
    const under = openRuns({ database: stand.db.database, executor: { execute }, ...options });
    stand.keep(under);
    under.runs.workers.start();
    return under;
  }

  function ended(under: RunsUnderTest, id: string): Promise<RunWithFiles> {
    return eventually(async () => {
      const run = await under.runs.get(id);
      return hasEnded(run.status) && run;
    });
  }

  async function trajectory(under: RunsUnderTest, id: string) {
    const { events } = await under.runs.events(id, 0, 1000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    return events.map(({ payload }) => payload);
  }

  it('stores output, artifacts, isolation and every event of a completed run', async () => {
    const under = working(async (context) => {
      await context.emit({ type: 'run-start', isolation: 'fake' });
      await context.sandbox({ network: false });
      await context.emit({ type: 'text-delta', stream: 'stdout', text: 'hello ' });
      await context.emit({ type: 'text-delta', stream: 'stdout', text: 'world' });
      await context.artifact({ name: 'report/a.csv', content: Readable.from([Buffer.from('x,y')]) });
      return { status: 'completed', output: { sum: 3, input: context.input } };
    });
    const { run } = await under.runs.start(under.request());
    const done = await ended(under, run.id);
    const artifact = { name: 'report/a.csv', mime: 'text/csv', size: 3, digest: sha256('x,y') };
    expect(done).toMatchObject({
      status: 'completed',
      output: { sum: 3, input: { n: 1 } },
      error: null,
      isolation: 'fake',
      artifacts: [artifact],
    });
    expect(done.durationMs).toBeGreaterThanOrEqual(0);
    expect(await trajectory(under, run.id)).toEqual([
      { type: 'run-start', isolation: 'fake' },
      { type: 'text-delta', stream: 'stdout', text: 'hello world' },
      { type: 'artifact', artifact },
      { type: 'run-end', status: 'completed', error: null, durationMs: done.durationMs },
    ]);
    expect(under.disposedSandboxes()).toBe(1);
    expect(under.frozen).toEqual(['version-1']);
    expect(under.errors).toEqual([]);
  });

  it('hands the input files to the executor', async () => {
    const under = working(async (context) => {
      const [file] = context.inputFiles;
      const content = await (await file?.open())?.toArray();
      return { status: 'completed', output: Buffer.concat(content ?? []).toString() };
    });
    const file = await inputFile(under.blobs, 'notes.txt', 'read me');
    const { run } = await under.runs.start(under.request({ inputFiles: [file] }));
    expect(await ended(under, run.id)).toMatchObject({ output: 'read me', inputFiles: [file] });
  });

  it('keeps the code of our own errors and hides the text of any other', async () => {
    const under = working((context) => {
      if (context.prompt === 'ours')
        throw new InvalidError('There is no python here.', { code: 'no-interpreter' });
      throw new Error('connect ECONNREFUSED 10.0.0.7');
    });
    const ours = await under.runs.start(under.request({ prompt: 'ours' }));
    const other = await under.runs.start(under.request());
    expect(await ended(under, ours.run.id)).toMatchObject({
      status: 'failed',
      error: { code: 'no-interpreter', message: 'There is no python here.' },
    });
    const { error } = await ended(under, other.run.id);
    expect(error?.code).toBe('internal');
    expect(error?.message).not.toContain('10.0.0.7');
    expect(under.errors.join()).toContain('10.0.0.7');
  });

  it('stores text that databases refuse in plain columns', async () => {
    const text = 'nul \u0000, half \ud800, snowman ☃ 🎉';
    const under = working(async (context) => {
      await context.emit({ type: 'text-delta', stream: 'stderr', text });
      return { status: 'failed', error: { code: 'exit-code', message: text }, output: { text } };
    });
    const { run } = await under.runs.start(under.request({ prompt: text, input: { text } }));
    expect(await ended(under, run.id)).toMatchObject({
      prompt: text,
      input: { text },
      output: { text },
      error: { code: 'exit-code', message: text },
    });
    expect(await trajectory(under, run.id)).toContainEqual({ type: 'text-delta', stream: 'stderr', text });
  });

  it('stops a running run within a second of its cancellation', async () => {
    const under = working(async (context) => {
      await context.sandbox({ network: false });
      await context.emit({ type: 'log-line', level: 'info', message: 'ready' });
      await aborted(context.signal);
      throw new Error('killed');
    });
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).lastSeq > 0);
    const askedAt = performance.now();
    expect((await under.runs.cancel(run.id)).status).toBe('running');
    const done = await ended(under, run.id);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect(done).toMatchObject({ status: 'cancelled', error: null });
    expect(under.disposedSandboxes()).toBeGreaterThan(0);
    expect((await trajectory(under, run.id)).at(-1)).toMatchObject({ type: 'run-end', status: 'cancelled' });
    await expect(under.runs.cancel(run.id)).rejects.toMatchObject({ details: { code: 'run-ended' } });
  });

  it('cancels a running run of another server, which no hint reaches', async () => {
    const worker = working(async (context) => {
      await aborted(context.signal);
      throw new Error('killed');
    });
    const other = openRuns({
      database: stand.db.database,
      executor: { execute: () => Promise.reject(new Error('never')) },
    });
    const { run } = await worker.runs.start(worker.request());
    await eventually(async () => (await worker.runs.get(run.id)).status === 'running');
    await other.runs.cancel(run.id);
    expect((await ended(worker, run.id)).status).toBe('cancelled');
  });

  it('ends a run whose executor ignores that it was stopped', async () => {
    const under = working(() => new Promise(() => undefined));
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).status === 'running');
    await under.runs.cancel(run.id);
    expect((await ended(under, run.id)).status).toBe('cancelled');
  });

  it('cancels a queued run at once, and no worker takes it any more', async () => {
    let executed = 0;
    const under = openRuns({
      database: stand.db.database,
      executor: {
        execute: () => {
          executed += 1;
          return Promise.resolve({ status: 'completed', output: null });
        },
      },
    });
    stand.keep(under);
    const { run } = await under.runs.start(under.request());
    expect(await under.runs.cancel(run.id)).toMatchObject({ status: 'cancelled', durationMs: null });
    under.runs.workers.start();
    expect(await under.runs.workers.execute(run.id)).toBe(false);
    expect(executed).toBe(0);
    expect(await trajectory(under, run.id)).toEqual([
      { type: 'run-end', status: 'cancelled', error: null, durationMs: null },
    ]);
  });

  it('lets only one of many workers execute a run', async () => {
    let executed = 0;
    const executor = {
      execute: async () => {
        executed += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { status: 'completed' as const, output: null };
      },
    };
    const servers = [1, 2, 3].map(() => openRuns({ database: stand.db.database, executor }));
    stand.keep(...servers);
    const [first] = servers;
    const { run } = await first!.runs.start(first!.request());
    const claimed = await Promise.all(servers.map(({ runs }) => runs.workers.execute(run.id)));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect(executed).toBe(1);
  });

  it('ends a run whose owner vanished as interrupted, and keeps what it had stored', async () => {
    const under = working(
      async (context) => {
        await context.emit({ type: 'log-line', level: 'info', message: 'half way' });
        await aborted(context.signal);
        return { status: 'completed', output: 'too late' };
      },
      { leaseMs: 60_000 },
    );
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).lastSeq > 0);
    await stand.db.knex('skills_runs').where('id', run.id).update({ lease_expires_at: 1 });

    const sweeping = working(() => Promise.reject(new Error('never')), { leaseMs: 1_000 });
    expect(await ended(sweeping, run.id)).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
    expect(await trajectory(sweeping, run.id)).toMatchObject([
      { type: 'log-line', message: 'half way' },
      { type: 'run-end', status: 'failed', error: { code: 'interrupted' } },
    ]);
  });

  it('lets a worker that lost its lease write nothing more', async () => {
    let emitted: unknown;
    const under = working(async (context) => {
      await eventually(async () => (await under.runs.get(context.runId)).status === 'failed');
      emitted = await context
        .emit({ type: 'log-line', level: 'info', message: 'late' })
        .catch((error: unknown) => error);
      return { status: 'completed', output: 'late' };
    });
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).status === 'running');
    await stand.db.knex('skills_runs').where('id', run.id).update({ status: 'failed', lease_token: null });
    await eventually(() => emitted !== undefined);
    await under.stop();
    expect(emitted).toMatchObject({ name: 'LeaseLostError' });
    expect(await under.runs.get(run.id)).toMatchObject({ status: 'failed', output: null, lastSeq: 0 });
  });

  it('keeps the lease of a run that takes longer than it', async () => {
    const under = working(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        return { status: 'completed', output: null };
      },
      { leaseMs: 600 },
    );
    const { run } = await under.runs.start(under.request());
    expect((await ended(under, run.id)).status).toBe('completed');
  });

  it('takes up queued runs that nobody was told of', async () => {
    const idle = openRuns({
      database: stand.db.database,
      executor: { execute: () => Promise.reject(new Error('never')) },
    });
    const { run } = await idle.runs.start(idle.request());
    const under = working(() => Promise.resolve({ status: 'completed', output: 1 }));
    expect((await ended(under, run.id)).status).toBe('completed');
  });

  it('ends what still runs as interrupted when the server stops, after a short grace', async () => {
    const under = working(async (context) => {
      await aborted(context.signal);
      throw new Error('killed');
    });
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).status === 'running');
    await under.stop();
    expect(await under.runs.get(run.id)).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
  });

  it('ends what was claimed and is still prepared as interrupted too, and claims nothing more', async () => {
    const read = deferred();
    let executed = 0;
    const under = working(
      () => {
        executed += 1;
        return Promise.resolve({ status: 'completed', output: null });
      },
      { environmentRead: read.promise },
    );
    const { run } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(run.id)).status === 'running');
    const { run: late } = await under.runs.start(under.request());
    await eventually(async () => (await under.runs.get(late.id)).status === 'running');
    const stopping = under.runs.workers.stop();
    // Past the grace that running runs have.
    await new Promise((resolve) => setTimeout(resolve, 3_300));
    const { run: queued } = await under.runs.start(under.request());
    expect(await under.runs.workers.execute(queued.id)).toBe(false);
    read.resolve();
    await stopping;
    expect(executed).toBe(0);
    for (const { id } of [run, late]) {
      expect(await under.runs.get(id)).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
    }
    expect((await under.runs.get(queued.id)).status).toBe('queued');
    under.runs.workers.start();
    expect((await ended(under, queued.id)).status).toBe('completed');
  });

  it('disposes of a sandbox that is made after its run was given up', async () => {
    const made = deferred();
    const under = working(
      async (context) => {
        await context.sandbox({ network: false });
        return { status: 'completed', output: null };
      },
      { sandboxMade: made.promise },
    );
    const { run } = await under.runs.start(under.request());
    await eventually(() => under.sandboxes.length === 1);
    await under.runs.cancel(run.id);
    expect((await ended(under, run.id)).status).toBe('cancelled');
    made.resolve();
    await eventually(() => under.disposedSandboxes() === 1, 2_000);
    expect(under.errors).toEqual([]);
  });

  it('disposes of a sandbox that nobody waited for', async () => {
    const made = deferred();
    let opening: Promise<unknown> | undefined;
    const under = working(
      (context) => {
        opening = context.sandbox({ network: false }).catch((error: unknown) => error);
        return Promise.resolve({ status: 'completed', output: null });
      },
      { sandboxMade: made.promise },
    );
    const { run } = await under.runs.start(under.request());
    expect((await ended(under, run.id)).status).toBe('completed');
    made.resolve();
    expect(await opening).toBeInstanceOf(Error);
    expect(under.disposedSandboxes()).toBe(1);
  });
});
