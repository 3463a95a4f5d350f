import { Readable } from 'node:stream';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import {
  completed,
  ended,
  eventTypes,
  openAgentRuns,
  trajectory,
  until,
  waitFor,
  type Agent,
} from '../../../../../tests/support/agent-runs';
import { describeRuns } from '../../../../../tests/support/describe-runs';
import { eventually, type RunsUnderTest, type RunsUnderTestOptions } from '../../../../../tests/support/runs';

const ada: Actor = { type: 'admin-user', id: 'ada', name: 'Ada' };
const calls = [
  { callId: 'one', name: 'bash', input: { command: 'rm -r .' } },
  { callId: 'two', name: 'bash', input: { command: 'ls' } },
];
const yes = (callId: string) => ({ callId, approved: true });
const no = (callId: string, note?: string) => ({ callId, approved: false, ...(note && { note }) });

/** Asks about `calls`, saves, waits; when it goes on, ends with what was decided. */
const asking: Agent = async (host) => {
  if (host.saved !== undefined) {
    const decisions = [...(await host.decisions())].map(([id, { approved, note }]) => [id, approved, note]);
    await host.sandbox({ network: false });
    return completed({ saved: host.saved, decisions });
  }
  await host.sandbox({ network: false });
  await host.requestApprovals(calls);
  await host.requestApprovals(calls);
  await host.save({ step: 1 });
  return waitFor('approval');
};

describeRuns('runs that wait', (stand) => {
  function server(agent: Agent, options: Partial<RunsUnderTestOptions> = {}, works = true): RunsUnderTest {
    const under = openAgentRuns(agent, { database: stand.db.database, ...options });
    stand.keep(under);
    if (works) under.runs.workers.start();
    return under;
  }

  async function waiting(under: RunsUnderTest): Promise<string> {
    const { run } = await under.runs.start(under.request());
    await until(under, run.id, 'waiting');
    return run.id;
  }

  const states = () => stand.db.knex('skills_run_states').select();

  it('give up lease and sandbox, and say what they wait for and until when', async () => {
    const under = server(asking);
    const id = await waiting(under);
    const run = await under.runs.get(id);
    expect(run).toMatchObject({ status: 'waiting', waiting: { reason: 'approval' }, finishedAt: null });
    expect(run.waiting?.until).toBeGreaterThan(run.startedAt ?? Infinity);
    expect(await stand.db.knex('skills_runs').where({ id }).first()).toMatchObject({
      lease_token: null,
      lease_expires_at: null,
      ready_at: null,
    });
    expect(await states()).toHaveLength(1);
    await eventually(() => under.disposedSandboxes() === 1);
    expect(under.lastRuns.at(-1)).toBe(`${id} waiting`);
    expect(await trajectory(under, id)).toMatchObject([
      { type: 'approval-request', callId: 'one', name: 'bash', input: { command: 'rm -r .' } },
      { type: 'approval-request', callId: 'two' },
      { type: 'run-wait', reason: 'approval', until: new Date(run.waiting?.until ?? 0).toISOString() },
    ]);
  });

  it('go on with what they saved when all is decided, and not before', async () => {
    const under = server(asking);
    const id = await waiting(under);
    const [first] = await under.runs.approvals.decide(id, [yes('one')], ada);
    expect(first).toMatchObject({ decidedBy: ada });
    expect((await under.runs.get(id)).status).toBe('waiting');
    await under.runs.approvals.decide(id, [no('two', 'Not here.')], ada);
    const run = await ended(under, id);
    expect(run).toMatchObject({ status: 'completed', waiting: null });
    expect(run.output).toMatchObject({ saved: { step: 1 } });
    expect((run.output as { decisions: unknown[] }).decisions).toEqual(
      expect.arrayContaining([
        ['one', true, null],
        ['two', false, 'Not here.'],
      ]),
    );
    expect(under.sandboxes[1]).toMatchObject({ files: [], archives: [{ folder: '/work' }] });
    expect(await states()).toEqual([]);
    const events = await trajectory(under, id);
    expect(events.slice(3)).toMatchObject([
      { type: 'approval', callId: 'one', approved: true, note: null, by: ada },
      { type: 'approval', callId: 'two', approved: false, note: 'Not here.', by: ada },
      { type: 'run-resume' },
      { type: 'run-end', status: 'completed' },
    ]);
    expect(under.errors).toEqual([]);
  });

  it('resume once, however many decide at once on however many servers', async () => {
    let resumed = 0;
    const agent: Agent = async (host) => {
      if (host.saved !== undefined) resumed += 1;
      return asking(host);
    };
    const servers = [server(agent), server(agent), server(agent)];
    for (let round = 0; round < 5; round += 1) {
      resumed = 0;
      const id = await waiting(servers[0]!);
      const decisions = ['one', 'two', 'one', 'two', 'one', 'two'].map((callId, index) =>
        servers[index % 3]!.runs.approvals.decide(id, [yes(callId)], ada),
      );
      await Promise.all(decisions);
      expect((await ended(servers[0]!, id)).status).toBe('completed');
      expect(resumed).toBe(1);
      const types = await eventTypes(servers[0]!, id);
      expect(types.filter((type) => type === 'approval')).toHaveLength(2);
      expect(types.filter((type) => type === 'run-resume')).toHaveLength(1);
      expect(types.filter((type) => type === 'run-end')).toHaveLength(1);
    }
  });

  it('take a decision once, and its repetition for the same', async () => {
    const under = server(asking);
    const id = await waiting(under);
    const decide = (...decisions: Parameters<typeof under.runs.approvals.decide>[1]) =>
      under.runs.approvals.decide(id, decisions, ada);
    await decide(yes('one'));
    await decide(yes('one'));
    const refused = (code: string, ...decisions: (ReturnType<typeof yes> | ReturnType<typeof no>)[]) =>
      expect(decide(...decisions)).rejects.toMatchObject({ details: { code } });
    await refused('approval-decided', no('one'));
    await refused('approval-not-found', yes('two'), yes('three'));
    await refused('approval-decided', yes('two'), no('two'));
    expect((await under.runs.approvals.list(id)).filter(({ approved }) => approved === null)).toHaveLength(1);
    await decide(no('two'));
    await ended(under, id);
    await decide(yes('one'), no('two'));
    await refused('approval-decided', yes('two'));
    expect((await eventTypes(under, id)).filter((type) => type === 'approval')).toHaveLength(2);
  });

  it('do not wait for what was decided before they began to', async () => {
    const under: RunsUnderTest = server(async (host) => {
      if (host.saved !== undefined) return completed((await host.decisions()).size);
      await host.requestApprovals(calls);
      await under.runs.approvals.decide(host.runId, [yes('one'), yes('two')], ada);
      await host.save({});
      return waitFor('approval');
    });
    const { run } = await under.runs.start(under.request());
    expect(await ended(under, run.id)).toMatchObject({ status: 'completed', output: 2 });
  });

  it('end at once when they are cancelled, and take no decision any more', async () => {
    const under = server(asking);
    const id = await waiting(under);
    expect(await under.runs.cancel(id)).toMatchObject({ status: 'cancelled', waiting: null });
    expect(await states()).toEqual([]);
    const late = under.runs.approvals.decide(id, [yes('one')], ada);
    await expect(late).rejects.toMatchObject({ details: { code: 'run-ended' } });
    expect((await eventTypes(under, id)).slice(-2)).toEqual(['run-wait', 'run-end']);
  });

  it.each([
    // As another server leaves it: no hint reaches this one, which has not looked yet.
    ['that nobody has looked at', null],
    // As its own server leaves it that looked at it too late to stop the run.
    ['that its server has looked at', 1],
  ])('end as cancelled by a signal %s before they would wait', async (_, consumedAt) => {
    const under: RunsUnderTest = server(async (host) => {
      await host.requestApprovals(calls);
      await host.save({});
      await stand.db.knex('skills_run_signals').insert({
        id: host.runId,
        run_id: host.runId,
        type: 'cancel',
        created_at: 1,
        consumed_at: consumedAt,
      });
      return waitFor('approval');
    });
    const { run } = await under.runs.start(under.request());
    expect((await until(under, run.id, 'waiting', 'cancelled')).status).toBe('cancelled');
  });

  it('are cancelled where they go on, though the server where they began to wait has heard of it first', async () => {
    const first = server(asking);
    const id = await waiting(first);
    await first.stop();
    const next = server(async (host) => {
      await new Promise<void>((resolve) => {
        host.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      throw new Error('stopped');
    });
    await next.runs.approvals.decide(id, [yes('one'), yes('two')], ada);
    await until(next, id, 'running');
    await stand.db
      .knex('skills_run_signals')
      .insert({ id, run_id: id, type: 'cancel', created_at: 1, consumed_at: 1 });
    expect((await ended(next, id)).status).toBe('cancelled');
  });

  it('are decided or cancelled, never both', async () => {
    const under = server(asking);
    for (let round = 0; round < 10; round += 1) {
      const id = await waiting(under);
      await Promise.allSettled([
        under.runs.approvals.decide(id, [yes('one'), yes('two')], ada),
        under.runs.cancel(id),
      ]);
      const run = await ended(under, id);
      const types = await eventTypes(under, id);
      expect(types.filter((type) => type === 'run-end')).toHaveLength(1);
      if (run.status === 'completed') expect(types.slice(-2)).toEqual(['run-resume', 'run-end']);
      else expect(run.status).toBe('cancelled');
    }
    expect(under.errors).toEqual([]);
  });

  it('fail when nobody comes in time', async () => {
    const agent: Agent = async (host) => {
      await host.requestApprovals(calls);
      await host.save({});
      return waitFor('approval', 1);
    };
    const under = server(agent, { leaseMs: 1_000 });
    const { run } = await under.runs.start(under.request());
    expect(await ended(under, run.id)).toMatchObject({
      status: 'failed',
      error: { code: 'waiting-expired' },
    });
    expect(await states()).toEqual([]);
  });

  it('go on after their time when the decision came before it was noticed', async () => {
    const agent: Agent = async (host) => {
      if (host.saved !== undefined) return completed();
      await host.requestApprovals(calls);
      await host.save({});
      return waitFor('approval', 1);
    };
    const idle = server(agent);
    const id = await waiting(idle);
    await idle.stop();
    await idle.runs.approvals.decide(id, [yes('one'), yes('two')], ada);
    const next = server(agent, { leaseMs: 1_000 });
    expect((await ended(next, id)).status).toBe('completed');
  });

  it('survive the end of their server, and go on at another', async () => {
    const first = server(asking);
    const id = await waiting(first);
    await first.stop();
    const next = server(asking);
    await next.runs.approvals.decide(id, [yes('one'), yes('two')], ada);
    expect(await ended(next, id)).toMatchObject({ status: 'completed', output: { saved: { step: 1 } } });
  });

  it('are woken by the sweeper when the server died between decision and waking', async () => {
    const first = server(asking);
    const id = await waiting(first);
    await first.stop();
    await stand.db
      .knex('skills_run_approvals')
      .where('run_id', id)
      .update({ approved: true, decided_by: JSON.stringify(ada), decided_at: 1 });
    expect((await ended(server(asking), id)).status).toBe('completed');
  });

  it('count what models took before and after', async () => {
    const under = server(async (host) => {
      if (host.saved !== undefined) return completed(host.totals());
      await host.recordStep(3);
      await host.requestApprovals([calls[0]!]);
      await host.save({});
      return waitFor('approval');
    });
    const id = await waiting(under);
    const before = { input_tokens: 10, output_tokens: 5, tool_calls: 1, cost: 0.5 };
    await stand.db.knex('skills_runs').where({ id }).update(before);
    await under.runs.approvals.decide(id, [yes('one')], ada);
    expect(await ended(under, id)).toMatchObject({
      output: { inputTokens: 10, outputTokens: 5, toolCalls: 1, cost: 0.5 },
      inputTokens: 10,
      outputTokens: 5,
      toolCalls: 1,
      cost: 0.5,
      steps: 3,
    });
  });

  it('ask and are answered without the secrets of the environment, and go on with them', async () => {
    const secret = 'hunter2-hunter2';
    const call = { callId: 'one', name: 'bash', input: { command: `login ${secret}` } };
    const under = server(
      async (host) => {
        if (host.saved !== undefined) return completed((host.saved as typeof call).input.command.length);
        await host.requestApprovals([call]);
        await host.save(call);
        return waitFor('approval');
      },
      { environment: { secrets: [secret] } },
    );
    const id = await waiting(under);
    expect(await under.runs.approvals.list(id)).toMatchObject([{ input: { command: 'login •••' } }]);
    await under.runs.approvals.decide(id, [{ ...yes('one'), note: `With ${secret}.` }], ada);
    expect((await ended(under, id)).output).toBe(`login ${secret}`.length);
    const rows = await stand.db.knex('skills_run_approvals').select();
    expect(rows).toMatchObject([{ note: '"With •••."' }]);
    expect(JSON.stringify([rows, await trajectory(under, id)])).not.toContain(secret);
  });

  it('may leave no more artifacts than others, before and after together', async () => {
    const half = Buffer.alloc(600 * 1024);
    const under = server(async (host) => {
      const name = host.saved === undefined ? 'before.bin' : 'after.bin';
      await host.artifact({ name, content: Readable.from([half]) });
      if (host.saved !== undefined) return completed();
      await host.requestApprovals([calls[0]!]);
      await host.save({});
      return waitFor('approval');
    });
    const id = await waiting(under);
    await under.runs.approvals.decide(id, [yes('one')], ada);
    expect(await ended(under, id)).toMatchObject({
      status: 'failed',
      error: { code: 'blob-too-large' },
      artifacts: [{ name: 'before.bin' }],
    });
  });

  it('keep what they saved while the server stops', async () => {
    const under = server(asking);
    const id = await waiting(under);
    await under.stop();
    expect((await under.runs.get(id)).status).toBe('waiting');
    expect(await states()).toHaveLength(1);
  });
});
