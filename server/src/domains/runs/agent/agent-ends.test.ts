import { createJustBash, type Sandbox, type SandboxImplementation } from '../../../platform/sandbox';
import { AgentStand, bash, eventsOf, results, type StandOptions } from './fixtures/agent-stand';

jest.setTimeout(60_000);

let implementation: SandboxImplementation;
let stand: AgentStand;
beforeAll(() => {
  implementation = createJustBash();
  stand = new AgentStand(implementation);
});
afterEach(() => stand.clear());
afterAll(() => implementation.close());

describe('budgets', () => {
  const forever: StandOptions['script'] = (_request, turn) => ({
    text: `Step ${turn + 1}.`,
    calls: [bash(`echo ${turn} >> log`)],
    usage: [100, 10],
  });

  it.each<[string, Partial<StandOptions>, RegExp, number]>([
    ['steps-budget', { budget: { steps: 3 } }, /its budget of 3 steps/, 3],
    ['tokens-budget', { budget: { tokens: 250 } }, /its budget of 250 tokens: it used 330/, 3],
    ['cost-budget', { budget: { cost: 0.5 }, cost: 0.75 }, /its budget of \$0\.5: it cost \$0\.75/, 1],
    [
      'tokens-budget',
      {
        budget: { tokens: 250 },
        script: (_request, turn) => ({ calls: [bash(`echo ${turn}`)], estimated: 120 }),
      },
      /250 tokens: it used 360, of which 360 are an estimate/,
      3,
    ],
    ['cost-unknown', { budget: { cost: 0.5 }, cost: null }, /no known price/, 1],
  ])('%s ends the run, naming the limit, with what there is', async (code, options, message, asked) => {
    const { outcome, requests } = await stand.run({ script: forever, ...options });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code, message: expect.stringMatching(message) },
      output: { steps: asked },
    });
    expect(requests).toHaveLength(asked);
  });

  it('of tokens say once that they are held by an estimate', async () => {
    const silent = { calls: [bash('ls')], estimated: 100 };
    const { events } = await stand.run({ script: [{ usage: [1, 1], calls: [bash('ls')] }, silent, silent] });
    const warnings = eventsOf({ events }, 'log-line').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/held by an estimate/)]);
  });

  it('do not take an answer away that is there already', async () => {
    const { outcome } = await stand.run({
      script: [{ text: 'Done.', usage: [500, 500] }],
      budget: { tokens: 10, steps: 1 },
    });
    expect(outcome).toMatchObject({ status: 'completed', output: { text: 'Done.' } });
  });

  it('of time end an answer in its middle', async () => {
    const { outcome, events } = await stand.run({
      script: [{ text: 'I think', hangs: true }],
      budget: { timeMs: 300 },
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'time-budget', message: 'The agent reached its budget of 0.3 seconds of work.' },
      output: { text: 'I think', steps: 1 },
    });
    expect(eventsOf({ events }, 'text-delta')).toHaveLength(1);
  });

  it('of time end a command in its middle', async () => {
    const { outcome } = await stand.run({ script: [{ calls: [bash('sleep 60')] }], budget: { timeMs: 500 } });
    expect(outcome).toMatchObject({ error: { code: 'time-budget' } });
  });

  it('count the time that was worked before the run waited', async () => {
    const first = await stand.run({ script: [{ calls: [bash('ls')] }], approval: ['bash'] });
    const saved = { ...(first.saved as object), elapsedMs: 59_990 };
    const { outcome } = await stand.run({
      script: [{ text: 'Late', hangs: true }],
      approval: ['bash'],
      saved,
      decisions: { 'c0-0': false },
      sandbox: first.sandbox,
    });
    expect(outcome).toMatchObject({ error: { code: 'time-budget' } });
  });
});

describe('an end that is no answer', () => {
  it.each([
    ['refusal', 'refused'],
    ['length', 'answer-length'],
  ] as const)('%s is told as %s, with what was said', async (reason, code) => {
    const { outcome } = await stand.run({ script: [{ text: 'I', reason }] });
    expect(outcome).toMatchObject({ status: 'failed', error: { code }, output: { text: 'I' } });
  });

  it('is a vendor that fails, whose code it has', async () => {
    const error = { code: 'unavailable', message: 'It is down.' } as const;
    const { outcome } = await stand.run({
      script: [
        { text: 'First.', calls: [bash('ls')] },
        { text: 'Sec', error },
      ],
    });
    expect(outcome).toEqual({
      status: 'failed',
      error,
      output: { text: 'Sec', citations: [], finishReason: 'other', steps: 2 },
    });
  });

  it('says that the conversation has become too long', async () => {
    const message = 'The vendor refuses: prompt is too long: 210000 tokens > 200000 maximum.';
    const error = { code: 'invalid-request', message } as const;
    const { outcome } = await stand.run({ script: [{ calls: [bash('ls')] }, { error }] });
    expect(outcome).toMatchObject({
      error: { code: 'context-length', message: expect.stringMatching(/^After 2 steps .*210000/) },
    });
  });

  it('is not a conversation that has become too long, while outputs of earlier calls can be left out of it', async () => {
    const error = { code: 'invalid-request', message: 'This exceeds the context window.' } as const;
    const print = bash(`printf 'x%.0s' $(seq 1000)`);
    const record = await stand.run({
      script: (request, turn) => {
        if (turn < 3) return { calls: [print] };
        const size = JSON.stringify(request.messages).length;
        return size > 3_000 ? { error } : { text: 'Fits.' };
      },
    });
    expect(record.outcome).toMatchObject({ status: 'completed', output: { text: 'Fits.', steps: 4 } });
    expect(eventsOf(record, 'context-trim')).toEqual([
      { type: 'context-trim', results: 1, characters: 1000 },
    ]);
    expect(record.steps).toEqual([1, 2, 3, 4]);
    // The trajectory keeps what the model has lost.
    expect(results(record)).toEqual(Array.from({ length: 3 }, () => 'x'.repeat(1000)));
  });

  it('is a sandbox that dies, with the events until then', async () => {
    const record = await stand.run({
      script: [{ calls: [bash('echo a')] }, { calls: [bash('echo b'), ['read_file', { path: 'SKILL.md' }]] }],
      wrapSandbox: (sandbox) => {
        let commands = 0;
        return {
          ...sandbox,
          exec: (...args) => {
            commands += 1;
            return commands > 1 ? Promise.reject(new Error('The sandbox is gone.')) : sandbox.exec(...args);
          },
        };
      },
    });
    expect(record.outcome).toMatchObject({
      status: 'failed',
      error: { code: 'sandbox-lost' },
      output: { steps: 2 },
    });
    expect(results(record)).toContain('a');
  });

  it('is concluded with the sandbox still there, but not when the run is cancelled', async () => {
    const concluded: string[] = [];
    const conclude = async (end: { status: string }, sandbox: Sandbox) => {
      concluded.push(`${end.status} ${(await sandbox.list('/work/output')).length}`);
      return { status: 'completed' as const, output: 'concluded' };
    };
    const script = [{ calls: [bash('touch /work/output/a')] }, {}];
    expect((await stand.run({ script, task: { conclude } })).outcome).toMatchObject({ output: 'concluded' });
    expect((await stand.run({ script, task: { conclude }, budget: { steps: 1 } })).outcome).toMatchObject({
      status: 'completed',
    });
    const controller = new AbortController();
    const cancelled = stand.run(
      { script: [{ before: () => controller.abort(new Error('Cancelled.')) }], task: { conclude } },
      controller,
    );
    await expect(cancelled).rejects.toThrow('Cancelled.');
    expect(concluded).toEqual(['completed 1', 'failed 0']);
  });

  it('is a cancellation, which ends a command at once', async () => {
    const controller = new AbortController();
    const run = stand.run(
      {
        script: [{ calls: [bash('sleep 60')] }],
        wrapSandbox: (sandbox) => ({
          ...sandbox,
          exec: (command, options) => {
            if (command.includes('sleep 60')) setImmediate(() => controller.abort(new Error('Cancelled.')));
            return sandbox.exec(command, options);
          },
        }),
      },
      controller,
    );
    await expect(run).rejects.toThrow('Cancelled.');
  });
});
