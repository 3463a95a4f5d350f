import {
  addSkill,
  completed,
  ended,
  openAgentRuns,
  until,
  waitFor,
  type Agent,
} from '../../../../../tests/support/agent-runs';
import { describeRuns } from '../../../../../tests/support/describe-runs';
import { eventually, type RunsUnderTest } from '../../../../../tests/support/runs';
import type { AgentHost } from '../agent/agent-host';

const ada = { type: 'admin-user', id: 'ada', name: 'Ada' } as const;
const question = { callId: 'q', name: 'bash', input: {} };
const yes = [{ callId: 'q', approved: true }];

const stopped = ({ signal }: AgentHost): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });

/** Asks a person before anything else. */
const afterAsking =
  (goOn: Agent): Agent =>
  async (host) => {
    if (host.saved !== undefined) return goOn(host);
    await host.requestApprovals([question]);
    await host.save({});
    return waitFor('approval');
  };

describeRuns('a run that goes on while what it has started is at work elsewhere', (stand) => {
  let finishChild: () => void;

  /** Starts a child that asks a person and then works until it is told to finish; asks a person itself, and then goes on. */
  async function open(goOn: Agent): Promise<{ under: RunsUnderTest; id: string; child: string }> {
    const childMayEnd = new Promise<void>((resolve) => (finishChild = resolve));
    const agents: Readonly<Record<string, Agent>> = {
      sample: async (host) => {
        if (host.saved !== undefined) return goOn(host);
        const request = { callId: 'c', alias: 'a', prompt: 'x', input: null, sharers: 1 };
        const { runId, rest } = await host.startChild(request);
        await rest;
        await host.requestApprovals([question]);
        await host.save(runId);
        return waitFor('approval');
      },
      a: afterAsking(async (host) => {
        await Promise.race([childMayEnd, stopped(host)]);
        return completed('late');
      }),
    };
    const under = openAgentRuns((host) => agents[host.alias]!(host), { database: stand.db.database });
    addSkill(under, 'a');
    stand.keep(under);
    under.runs.workers.start();
    const { run } = await under.runs.start(under.request({ skills: ['a'] }));
    await until(under, run.id, 'waiting');
    const page = { page: 1, pageSize: 10, sort: 'createdAt' };
    const { runs } = await under.runs.list({ ...page, parent: run.id }, {});
    const child = runs[0]!.id;
    await under.runs.approvals.decide(child, yes, ada);
    await until(under, child, 'running');
    await under.runs.approvals.decide(run.id, yes, ada);
    return { under, id: run.id, child };
  }

  const waitsForChild: Agent = async (host) => {
    const rest = await host.childRest(host.saved as string);
    if (rest.status !== 'waiting') return completed(rest);
    await host.save(host.saved);
    return waitFor('child-runs');
  };

  /** It waits for a person before, and goes on from that a moment after the decision. */
  const untilItWaitsForChild = (under: RunsUnderTest, id: string): Promise<true | undefined> =>
    eventually(async () => (await under.runs.get(id)).waiting?.reason === 'child-runs' || undefined);

  it('waits for it without holding a place, and is woken by its end', async () => {
    const { under, id } = await open(waitsForChild);
    await untilItWaitsForChild(under, id);
    finishChild();
    expect((await ended(under, id)).output).toMatchObject({ status: 'completed', output: 'late' });
  });

  it.each<[string, Agent]>([
    ['waits for it', waitsForChild],
    [
      'does something else',
      async (host) => {
        await host.childRest(host.saved as string);
        return stopped(host);
      },
    ],
  ])('takes it along when it is cancelled while it %s', async (_word, goOn) => {
    const { under, id, child } = await open(goOn);
    if (goOn === waitsForChild) await untilItWaitsForChild(under, id);
    else await until(under, id, 'running');
    const askedAt = performance.now();
    await under.runs.cancel(id);
    const childEnded = ended(under, child);
    expect((await childEnded).status).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(1_000);
    expect((await ended(under, id)).status).toBe('cancelled');
  });
});
