import {
  addSkill,
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
import type { AgentHost, ChildRest } from '../agent/agent-host';
import type { RunWithFiles } from '../run-record';

const ada = { type: 'admin-user', id: 'ada', name: 'Ada' } as const;
const question = { callId: 'q', name: 'bash', input: {} };

/** Resolves when the run is stopped. */
const stopped = ({ signal }: AgentHost): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** Asks a person, and ends when that was answered. */
const asks: Agent = async (host) => {
  if (host.saved !== undefined) return completed('answered');
  await host.requestApprovals([question]);
  await host.save({});
  return waitFor('approval');
};

/** Calls skills at once, and waits for those of them that wait. */
const calls =
  (...aliases: string[]): Agent =>
  async (host) => {
    let ids = host.saved as string[] | undefined;
    if (!ids) {
      const children = await Promise.all(
        aliases.map((alias, index) =>
          host.startChild({
            callId: `call-${index}`,
            alias,
            prompt: `To ${alias}.`,
            input: { index },
            sharers: aliases.length - index,
          }),
        ),
      );
      ids = children.map(({ runId }) => runId);
      const rests = await Promise.all(children.map(({ rest }) => rest));
      if (rests.some(({ status }) => status === 'waiting')) {
        await host.save(ids);
        return waitFor('child-runs');
      }
      return completed({ rests, totals: host.totals() });
    }
    const rests: ChildRest[] = [];
    for (const id of ids) rests.push(await host.childRest(id));
    return completed({ rests, totals: host.totals() });
  };

describeRuns('runs that start others', (stand) => {
  /** Agents by the alias of their skill; `sample` is the skill that requests name. */
  function server(
    agents: Readonly<Record<string, Agent>>,
    options: Partial<RunsUnderTestOptions> = {},
  ): RunsUnderTest {
    const under = openAgentRuns((host) => agents[host.alias]!(host), {
      database: stand.db.database,
      ...options,
    });
    for (const alias of Object.keys(agents)) if (alias !== 'sample') addSkill(under, alias);
    stand.keep(under);
    under.runs.workers.start();
    return under;
  }

  const others = (under: RunsUnderTest) =>
    [...new Set([...under.skills.values()].map(({ alias }) => alias))].sort();

  async function start(under: RunsUnderTest, change: object = {}): Promise<string> {
    const request = under.request({
      skills: others(under),
      viewer: { door: 'agents', scopes: null },
      ...change,
    });
    return (await under.runs.start(request)).run.id;
  }

  async function childrenOf(under: RunsUnderTest, id: string): Promise<RunWithFiles[]> {
    const page = { page: 1, pageSize: 100, sort: 'createdAt' };
    const { runs } = await under.runs.list({ ...page, parent: id }, {});
    return Promise.all(runs.map((run) => under.runs.get(run.id)));
  }

  const inOrder = async (under: RunsUnderTest, id: string): Promise<RunWithFiles[]> =>
    (await childrenOf(under, id)).sort((left, right) => (left.id < right.id ? -1 : 1));

  it('are linked with them, and act for the same caller', async () => {
    const under = server({
      sample: calls('a', 'b'),
      a: async (host) => completed({ prompt: host.version.number, input: host.input }),
      b: async () => ({ status: 'failed', error: { code: 'no-luck', message: 'No luck.' } }),
    });
    const id = await start(under, { prompt: 'Go.' });
    const run = await ended(under, id);
    expect(run.output).toMatchObject({
      rests: [
        { status: 'completed', output: { prompt: 1, input: { index: 0 } }, artifacts: [] },
        { status: 'failed', error: { code: 'no-luck' } },
      ],
    });
    expect(run.skills).toMatchObject([{ alias: 'a' }, { alias: 'b' }]);
    const children = await childrenOf(under, id);
    expect(children).toHaveLength(2);
    for (const child of children) {
      expect(child).toMatchObject({
        depth: 1,
        parent: { runId: id },
        origin: run.origin,
        startedBy: run.startedBy,
        viewer: run.viewer,
        connection: run.connection,
        model: run.model,
      });
    }
    const told = (await trajectory(under, id)).filter(({ type }) => type === 'child-run');
    const named = (children: { alias?: string; runId?: string }[]) =>
      children.map(({ runId }) => runId).sort();
    expect(named(told as { runId: string }[])).toEqual(children.map((child) => child.id).sort());
    expect(under.errors).toEqual([]);
  });

  it('are not kept waiting for them by a line of one', async () => {
    const under = server(
      { sample: calls('a', 'a'), a: calls('b'), b: async () => completed('deep') },
      { concurrency: 1 },
    );
    const id = await start(under);
    expect(await ended(under, id)).toMatchObject({ status: 'completed' });
    const [child] = await childrenOf(under, id);
    expect(await childrenOf(under, child!.id)).toMatchObject([{ depth: 2, output: 'deep' }]);
  });

  it('may go so deep, and start so many', async () => {
    const refusals: string[] = [];
    const refused = (host: AgentHost, alias: string, callId: string) =>
      host.startChild({ callId, alias, prompt: 'x', input: null, sharers: 4 }).then(
        () => undefined,
        (error: { details?: { code: string } }) => void refusals.push(error.details?.code ?? String(error)),
      );
    const under = server(
      {
        sample: async (host) => {
          await Promise.all(['1', '2', '3', '4'].map((callId) => refused(host, 'a', callId)));
          await refused(host, 'nobody', '5');
          return completed();
        },
        a: async (host) => {
          await refused(host, 'b', '1');
          return completed();
        },
        b: async () => completed(),
      },
      { agents: { maxDepth: 1, maxChildren: 2 } },
    );
    const id = await start(under);
    await ended(under, id);
    await eventually(async () =>
      (await childrenOf(under, id)).every(({ finishedAt }) => finishedAt !== null),
    );
    expect(refusals.filter((code) => code === 'children-limit').length).toBeGreaterThanOrEqual(2);
    expect(new Set(refusals)).toEqual(new Set(['children-limit', 'depth-limit']));
    expect(await childrenOf(under, id)).toHaveLength(2);
  });

  it('may no longer call what was taken from their caller', async () => {
    const under: RunsUnderTest = server({
      sample: async (host) => {
        under.skills.delete('skill-a');
        return calls('a')(host);
      },
      a: async () => completed(),
    });
    const id = await start(under);
    expect(await ended(under, id)).toMatchObject({ status: 'failed', error: { code: 'skill-not-found' } });
    expect(await childrenOf(under, id)).toEqual([]);
  });

  it('go on with what is left when another skill was purged', async () => {
    const under: RunsUnderTest = server({
      sample: async (host) => {
        under.skills.delete('skill-b');
        under.versions.delete('version-b');
        return calls('a')(host);
      },
      a: async (host) => completed(host.skills.map(({ alias }) => alias)),
      b: async () => completed(),
      c: async () => completed(),
    });
    const run = await ended(under, await start(under));
    expect(run.output).toMatchObject({ rests: [{ status: 'completed', output: ['c'] }] });
  });

  it('end them within a second when they are cancelled, all the way down', async () => {
    const hang: Agent = async (host) => {
      await stopped(host);
      throw new Error('stopped');
    };
    const under = server({ sample: calls('a', 'c'), a: calls('b'), b: hang, c: asks });
    const id = await start(under);
    const tree = await eventually(async () => {
      const children = await childrenOf(under, id);
      const below = (await Promise.all(children.map((child) => childrenOf(under, child.id)))).flat();
      const all = [...children, ...below];
      const resting = all.filter(({ status }) => status === 'waiting').length;
      return all.length === 3 && resting === 1 && all.every(({ status }) => status !== 'queued') && all;
    });
    const askedAt = performance.now();
    await under.runs.cancel(id);
    expect((await ended(under, id)).status).toBe('cancelled');
    for (const { id: child } of tree) expect((await ended(under, child)).status).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect(under.errors).toEqual([]);
  });

  it('wait while they wait, and go on once all have ended', async () => {
    const under = server({ sample: calls('a', 'b'), a: asks, b: asks });
    const id = await start(under);
    expect(await until(under, id, 'waiting')).toMatchObject({ waiting: { reason: 'child-runs' } });
    const [first, second] = await childrenOf(under, id);
    await under.runs.approvals.decide(first!.id, [{ callId: 'q', approved: true }], ada);
    expect((await ended(under, first!.id)).status).toBe('completed');
    expect((await under.runs.get(id)).status).toBe('waiting');
    await under.runs.approvals.decide(second!.id, [{ callId: 'q', approved: true }], ada);
    const run = await ended(under, id);
    expect(run).toMatchObject({
      status: 'completed',
      output: { rests: [{ status: 'completed', output: 'answered' }, { output: 'answered' }] },
    });
    expect((await eventTypes(under, id)).filter((type) => type === 'run-resume')).toHaveLength(1);
  });

  it('go on when what they wait for is cancelled, or purged', async () => {
    const under = server({ sample: calls('a', 'b'), a: asks, b: asks }, { leaseMs: 1_000 });
    const id = await start(under);
    await until(under, id, 'waiting');
    const children = await childrenOf(under, id);
    const a = children.find(({ skillId }) => skillId === 'skill-a')!;
    await under.runs.cancel(a.id);
    await under.runs.removeAllOfSkill('skill-b');
    expect(await ended(under, id)).toMatchObject({
      output: { rests: [{ status: 'cancelled' }, { status: 'failed', error: { code: 'run-not-found' } }] },
    });
  });

  it('leave nothing waiting behind when they end, and nothing of a server that died', async () => {
    const under = server({ sample: calls('a'), a: asks }, { leaseMs: 1_000 });
    const cancelled = await start(under);
    await until(under, cancelled, 'waiting');
    await under.runs.cancel(cancelled);
    expect((await childrenOf(under, cancelled))[0]?.status).toBe('cancelled');

    const lost = await start(under);
    await until(under, lost, 'waiting');
    await stand.db.knex('skills_runs').where({ id: lost }).update({ status: 'failed', finished_at: 1 });
    const [orphan] = await childrenOf(under, lost);
    expect((await ended(under, orphan!.id)).status).toBe('cancelled');
  });

  /** A budget of cost is only for models that have a price. */
  const prices = [{ provider: 'scripted', model: 'model-1', input: 1, output: 1 }];
  const one = { prompt: 'x', input: null, sharers: 1 };

  it('hand down what is left of their budget, and count what was taken of it', async () => {
    const under = server(
      {
        sample: async (host) => {
          const child = await host.startChild({ ...one, callId: 'c', alias: 'a' });
          await child.rest;
          const totals = host.totals();
          await (
            await host.startChild({ ...one, callId: 'd', alias: 'b' })
          ).rest;
          return completed(totals);
        },
        a: async (host) => {
          await stand.db
            .knex('skills_runs')
            .where({ id: host.runId })
            .update({ input_tokens: 30, output_tokens: 12, cost: 0.25, tool_calls: 2 });
          return completed();
        },
        b: async () => completed(),
      },
      { prices },
    );
    const id = await start(under, { budget: { tokens: 500, steps: 4, cost: 1 }, approval: ['bash'] });
    const taken = { inputTokens: 30, outputTokens: 12, estimatedTokens: 0, cost: 0.25 };
    expect((await ended(under, id)).output).toMatchObject(taken);
    const [first, second] = await inOrder(under, id);
    expect(first?.settings).toMatchObject({ budget: { tokens: 500, steps: 4, cost: 1 }, approval: ['bash'] });
    expect(second?.settings?.budget).toMatchObject({ tokens: 458, cost: 0.75 });
    expect(await under.runs.get(id)).toMatchObject({ inputTokens: null });
  });

  it('divide what is left among those that they start at once, on every level', async () => {
    const under = server(
      { sample: calls('a', 'a'), a: calls('b', 'b'), b: async () => completed() },
      { prices },
    );
    const id = await start(under, { budget: { tokens: 1_000, cost: 2 } });
    await ended(under, id);
    const children = await childrenOf(under, id);
    const below = (await Promise.all(children.map((child) => childrenOf(under, child.id)))).flat();
    const shares = (runs: RunWithFiles[]) => runs.map(({ settings }) => settings?.budget);
    expect(shares(children)).toMatchObject(Array(2).fill({ tokens: 500, cost: 1 }));
    expect(shares(below)).toMatchObject(Array(4).fill({ tokens: 250, cost: 0.5 }));
  });

  it('hold back what those were given that wait, on another server too', async () => {
    const again = async (host: AgentHost) => {
      await (
        await host.startChild({ ...one, callId: host.saved ? 'late' : 'early', alias: 'b' })
      ).rest;
    };
    const sample: Agent = async (host) => {
      if (host.saved === undefined) {
        const child = await host.startChild({ ...one, callId: 'c', alias: 'a', sharers: 4 });
        await child.rest;
      }
      await again(host);
      if (host.saved !== undefined) return completed();
      await host.requestApprovals([question]);
      await host.save(1);
      return waitFor('approval');
    };
    const agents = { sample, a: asks, b: async () => completed() };
    const first = server(agents);
    const id = await start(first, { budget: { tokens: 1_000 } });
    await until(first, id, 'waiting');
    await first.stop();
    const other = server(agents);
    await other.runs.approvals.decide(id, [{ callId: 'q', approved: true }], ada);
    await ended(other, id);
    const given = (await inOrder(other, id)).map(({ settings }) => settings?.budget.tokens);
    expect(given).toEqual([250, 750, 750]);
  });

  it('start nothing more when it is not known what their limited cost has come to', async () => {
    const under = server(
      {
        sample: async (host) => {
          await (
            await host.startChild({ ...one, callId: 'c', alias: 'a' })
          ).rest;
          const second = await host.startChild({ ...one, callId: 'd', alias: 'a' }).catch((error) => error);
          return completed(second.details);
        },
        // Its vendor broke off before it told what was used.
        a: async (host) => {
          await stand.db.knex('skills_runs').where({ id: host.runId }).update({ estimated_tokens: 40 });
          return completed();
        },
      },
      { prices },
    );
    const id = await start(under, { budget: { cost: 1 } });
    expect((await ended(under, id)).output).toEqual({ code: 'cost-unknown' });
  });
});
