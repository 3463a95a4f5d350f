import { createJustBash, type Sandbox, type SandboxImplementation } from '../../../platform/sandbox';
import { AgentStand, bash, eventsOf, results } from './fixtures/agent-stand';

jest.setTimeout(60_000);

let implementation: SandboxImplementation;
let stand: AgentStand;
beforeAll(() => {
  implementation = createJustBash();
  stand = new AgentStand(implementation);
});
afterEach(() => stand.clear());
afterAll(() => implementation.close());

describe('an agent', () => {
  it('answers a prompt that needs no tool', async () => {
    const { outcome, events, requests, steps } = await stand.run({ script: [{ text: 'Forty-two.' }] });
    expect(outcome).toEqual({
      status: 'completed',
      output: { text: 'Forty-two.', citations: [], finishReason: 'stop', steps: 1 },
    });
    expect(events.map(({ type }) => type)).toEqual(['run-start', 'file-load', 'step-start', 'text-delta']);
    expect(events[0]).toMatchObject({
      isolation: 'in-process',
      model: 'big',
      connection: { id: 'connection-1', name: 'There' },
    });
    expect(events[1]).toEqual({ type: 'file-load', alias: 'demo', path: 'SKILL.md' });
    expect(steps).toEqual([1]);
    expect(requests[0]?.tools?.map(({ name }) => name)).toEqual([
      'bash',
      'read_file',
      'write_file',
      'edit_file',
      'list_files',
    ]);
  });

  it('is told its skill, its files, its task and what came with it', async () => {
    const { requests } = await stand.run({
      script: [{}],
      files: { 'SKILL.md': '---\nname: demo\n---\nAdd **things** up.\n', 'ref/long.md': 'x'.repeat(5_000) },
      task: { prompt: 'Add 3 and 4.' },
      input: { rows: [3, 4] },
      inputFiles: { 'data.csv': '3\n4\n' },
    });
    const { instructions, messages } = requests[0]!;
    expect(instructions).toContain('---\nname: demo\n---\nAdd **things** up.\n');
    expect(instructions).toContain('- ref/long.md (5000 bytes)');
    expect(instructions).not.toContain('xxxx');
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          {
            type: 'text',
            text:
              'Add 3 and 4.\n\nInput (JSON, also in /work/input.json):\n{"rows":[3,4]}\n\n' +
              'Input files:\n- /work/input/data.csv (text/plain, 4 bytes)',
          },
        ],
      },
    ]);
  });

  it('works with files and commands until the model has its answer', async () => {
    const record = await stand.run({
      files: { 'data.txt': 'three\nfour\n' },
      script: [
        { text: 'I look.', calls: [['read_file', { path: 'data.txt' }]] },
        { calls: [['write_file', { path: 'sum.sh', content: 'echo $((3 + 4))' }], bash('bash sum.sh')] },
        { text: 'Seven.' },
      ],
    });
    expect(record.outcome).toMatchObject({ status: 'completed', output: { text: 'Seven.', steps: 3 } });
    expect(results(record)).toEqual(['three\nfour\n', 'Wrote 15 bytes to /work/skill/sum.sh.', '7']);
    const roles = record.requests[2]?.messages.map(({ role }) => role);
    expect(roles).toEqual(['user', 'assistant', 'tool', 'assistant', 'tool', 'tool']);
  });

  it('tells which file of the skill it has read, once', async () => {
    const record = await stand.run({
      files: { 'a.md': 'a' },
      script: [
        { calls: [['read_file', { path: 'a.md' }]] },
        {
          calls: [
            ['read_file', { path: './a.md' }],
            ['read_file', { path: 'SKILL.md' }],
          ],
        },
        {
          calls: [
            ['write_file', { path: 'own.md', content: 'x' }],
            ['read_file', { path: 'own.md' }],
          ],
        },
      ],
    });
    expect(eventsOf(record, 'file-load').map(({ path }) => path)).toEqual(['SKILL.md', 'a.md']);
  });

  it('names calls so that none is taken for another, whatever the vendor calls them', async () => {
    const record = await stand.run({
      script: [{ calls: [bash('echo 1', 'call_0')] }, { calls: [bash('echo 2', 'call_0')] }, {}],
    });
    expect(eventsOf(record, 'tool-call').map(({ id }) => id)).toEqual(['call_0', 'call_0~2']);
    expect(eventsOf(record, 'tool-result').map(({ id }) => id)).toEqual(['call_0', 'call_0~2']);
    const tools = record.requests[2]?.messages.filter(({ role }) => role === 'tool');
    expect(tools).toEqual([
      { role: 'tool', toolCallId: 'call_0', content: '1' },
      { role: 'tool', toolCallId: 'call_0', content: '2' },
    ]);
  });
});

describe('calls of one step', () => {
  /** A sandbox that says how many commands are at work at once. */
  function watched(sandbox: Sandbox, most: { count: number }): Sandbox {
    let running = 0;
    return {
      ...sandbox,
      async exec(command, options) {
        running += 1;
        most.count = Math.max(most.count, running);
        await new Promise((resolve) => setImmediate(resolve));
        return sandbox.exec(command, options).finally(() => (running -= 1));
      },
    };
  }

  it('are executed at once up to a limit, and answered in their order', async () => {
    const most = { count: 0 };
    const calls = [1, 2, 3, 4, 5].map((number) => bash(`echo ${number}`));
    const { requests } = await stand.run({
      script: [{ calls }],
      limits: { parallelCalls: 2 },
      wrapSandbox: (sandbox) => watched(sandbox, most),
    });
    expect(most.count).toBe(2);
    const told = requests[1]?.messages.flatMap((message) =>
      message.role === 'tool' ? [message.content] : [],
    );
    expect(told).toEqual(['1', '2', '3', '4', '5']);
  });

  it('that write are executed alone, after those before them and before those after', async () => {
    const { requests } = await stand.run({
      script: [
        {
          calls: [
            bash('echo -n a >> log; cat log'),
            ['write_file', { path: 'log', content: 'b' }],
            ['edit_file', { path: 'log', oldText: 'b', newText: 'c' }],
            bash('cat log'),
          ],
        },
      ],
    });
    const told = requests[1]?.messages.flatMap((message) =>
      message.role === 'tool' ? [message.content] : [],
    );
    expect([told?.[0], told?.[3]]).toEqual(['a', 'c']);
  });
});

describe("a model's mistakes are told to it, and fail no run", () => {
  it.each<[string, readonly (readonly [string, unknown, string?])[], RegExp]>([
    ['a tool that there is not', [['fly', {}]], /There is no tool "fly"\. There are: bash, read_file/],
    ['a tool by the name of something else', [['constructor', {}]], /There is no tool "constructor"/],
    ['an input that is no JSON', [['bash', '{"command": "ls']], /The input of bash is no JSON/],
    ['a field that lacks', [['bash', {}]], /The input of bash does not fit\. "command": /],
    ['a field of another type', [['read_file', { path: 'a', offset: 'b' }]], /"offset": /],
    ['an input that is a list', [['bash', [1]]], /does not fit\. It: /],
    ['a call without an id', [['bash', { command: 'touch made' }, '']], /The call has no "id"/],
    [
      'two calls of one id',
      [
        ['bash', { command: 'touch made' }, 'x'],
        ['bash', { command: 'touch made' }, 'x'],
      ],
      /Several calls have the "id" "x", so none of them was executed/,
    ],
    ['a path outside', [['read_file', { path: '/etc/passwd' }]], /"path" must lie below \/work/],
  ])('%s', async (_what, calls, expected) => {
    const record = await stand.run({ script: [{ calls }, { calls: [bash('ls')] }, { text: 'Well.' }] });
    expect(record.outcome).toMatchObject({ status: 'completed', output: { text: 'Well.' } });
    const [first] = eventsOf(record, 'tool-result');
    expect(first).toMatchObject({ isError: true, output: expect.stringMatching(expected) });
    // One result for each id that the vendor knows.
    const ids = new Set(calls.map(([, , id]) => id));
    expect(record.requests[1]?.messages.filter(({ role }) => role === 'tool')).toHaveLength(ids.size);
    expect(results(record).at(-1)).toBe('SKILL.md');
  });

  it('until it makes nothing else, step after step', async () => {
    const { outcome, requests } = await stand.run({ script: () => ({ calls: [['fly', {}]] }) });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'too-many-errors' } });
    expect(requests).toHaveLength(20);
  });

  it('and are forgotten when it makes a call that a tool takes', async () => {
    const { outcome } = await stand.run({
      script: (_request, turn) =>
        turn < 30 ? { calls: [turn % 10 === 9 ? bash('false') : ['fly', {}]] } : { text: 'At last.' },
    });
    expect(outcome).toMatchObject({ status: 'completed' });
  });
});
