import {
  addSkill,
  completed,
  ended,
  openAgentRuns,
  type Agent,
} from '../../../../../tests/support/agent-runs';
import { describeRuns } from '../../../../../tests/support/describe-runs';
import { eventually, type RunsUnderTest } from '../../../../../tests/support/runs';
import type { AgentHost } from '../agent/agent-host';
import type { ChildConcurrency } from './child-places';

/** Counts how many are inside at once. */
class Gauge {
  #inside = 0;
  most = 0;

  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#inside += 1;
    this.most = Math.max(this.most, this.#inside);
    try {
      return await work();
    } finally {
      this.#inside -= 1;
    }
  }
}

/** Resolves a moment after that, in which more may come. */
async function onceTrue(condition: () => boolean): Promise<void> {
  await eventually(condition);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Calls skills at once, with a prompt as agents and without one as scripts. Answers what came of each, a refusal by its code. */
const calling =
  (aliases: readonly string[], prompt?: string): Agent =>
  async (host: AgentHost) => {
    const call = async (alias: string, index: number): Promise<unknown> => {
      const rest = { input: null, sharers: aliases.length - index };
      const child = await host.startChild({ callId: `${alias}-${index}`, alias, prompt, ...rest });
      return (await child.rest).status;
    };
    const outcomes = await Promise.all(
      aliases.map((alias, index) => call(alias, index).catch((error) => error.details.code)),
    );
    return completed(outcomes);
  };

describeRuns('places for runs that others have started', (stand) => {
  const scripts = new Gauge();
  const agents = new Gauge();
  let finishScripts: Promise<void>;

  beforeEach(() => {
    scripts.most = agents.most = 0;
    finishScripts = Promise.resolve();
  });

  /** What has a prompt is an agent, by the alias of its skill; everything else a script. */
  function server(
    byAlias: Readonly<Record<string, Agent>>,
    childConcurrency: Partial<ChildConcurrency>,
  ): RunsUnderTest {
    const agent: Agent = (host) => {
      const work = () => byAlias[host.alias]!(host);
      return host.alias === 'sample' ? work() : agents.during(work);
    };
    const task = { prompt: '', instructions: '', instructionsPath: '', allowedTools: [], network: false };
    const under = openAgentRuns(agent, {
      database: stand.db.database,
      target: ({ prompted }) => ({
        execution: prompted ? 'agent' : 'sandbox',
        connectionId: prompted ? 'connection-1' : null,
        model: null,
      }),
      executor: {
        async execute(context) {
          if (context.target.execution === 'agent') return context.agent(task);
          await scripts.during(() => finishScripts);
          return completed();
        },
      },
      agents: { childConcurrency: { sandbox: 4, vendor: 4, agent: 100, ...childConcurrency } },
    });
    for (const alias of [...Object.keys(byAlias), 'script']) if (alias !== 'sample') addSkill(under, alias);
    stand.keep(under);
    under.runs.workers.start();
    return under;
  }

  async function start(under: RunsUnderTest): Promise<string> {
    const skills = [...new Set([...under.skills.values()].map(({ alias }) => alias))];
    const viewer = { door: 'agents', scopes: null } as const;
    return (await under.runs.start(under.request({ skills, viewer, prompt: 'Go.' }))).run.id;
  }

  it('let scripts wait for each other, whoever has called them', async () => {
    const sample = calling(['script', 'script', 'script', 'script']);
    finishScripts = onceTrue(() => scripts.most > 1);
    const under = server({ sample }, { sandbox: 2 });
    const ids = await Promise.all([start(under), start(under), start(under)]);
    for (const id of ids) {
      expect((await ended(under, id)).output).toEqual(Array(4).fill('completed'));
    }
    expect(scripts.most).toBe(2);
  });

  it('leave no script in the line whose caller is cancelled', async () => {
    let finish = (): void => undefined;
    finishScripts = new Promise((resolve) => (finish = resolve));
    const under = server({ sample: calling(['script', 'script']) }, { sandbox: 1 });
    const [holder, other] = [await start(under), await start(under)];
    await eventually(() => scripts.most === 1);
    await under.runs.cancel(other);
    expect((await ended(under, other)).status).toBe('cancelled');
    finish();
    expect((await ended(under, holder)).output).toEqual(['completed', 'completed']);
    expect(under.errors).toEqual([]);
  });

  it('refuse agents instead of letting them wait, so that nobody waits for ever', async () => {
    finishScripts = onceTrue(() => agents.most > 1);
    const under = server(
      {
        sample: calling(['a', 'a'], 'Go.'),
        // Holds its place while it asks for one more, and for scripts that wait for each other.
        a: async (host) => {
          await calling(['script', 'script'])(host);
          return calling(['b'], 'Go.')(host);
        },
        b: calling(['script']),
      },
      { sandbox: 1, agent: 2 },
    );
    const ids = await Promise.all([start(under), start(under), start(under), start(under)]);
    const outcomes: unknown[] = [];
    for (const id of ids) {
      const run = await ended(under, id);
      expect(run.status).toBe('completed');
      outcomes.push(...(run.output as unknown[]));
    }
    expect(new Set(outcomes)).toEqual(new Set(['completed', 'agents-limit']));
    expect(agents.most).toBe(2);
    expect(scripts.most).toBe(1);
    // What was refused left nothing behind, and the places are free again.
    const all = await stand.db.knex('skills_runs').whereNotIn('status', ['completed']);
    expect(all).toEqual([]);
    expect((await ended(under, await start(under))).output).toEqual(['completed', 'completed']);
    expect(under.errors).toEqual([]);
  });
});
