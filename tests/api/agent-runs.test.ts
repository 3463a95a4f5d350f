import type { Run, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { openAgentStand, type AgentStand } from '../support/agents';
import { call, prompt, type Scripts } from '../support/peers/conversation';

// @any-database: It is about what an agent does; what it stores is tried by the tests of waiting, children and messages.

const said = (results: readonly string[]): string => results.at(-1)?.trim() ?? '';

const scripts: Scripts = {
  report: [
    { text: 'I look first.', toolCalls: [call('read_file', { path: 'data.csv' })] },
    {
      toolCalls: [
        call('write_file', { path: '/work/output/sum.txt', content: '7\n' }),
        call('bash', { command: 'cat /work/output/sum.txt' }),
      ],
    },
    ({ results }) => ({ text: `The sum is ${said(results)}.` }),
  ],
  clumsy: [
    {
      toolCalls: [
        call('bash', '{"command": "ls', 'a'),
        call('fly', {}, 'b'),
        call('bash', { cmd: 'ls' }, 'c'),
      ],
    },
    { toolCalls: [call('read_file', { path: '/etc/passwd' }, 'a')] },
    ({ results }) => ({ text: results.slice(0, 4).join('\n') }),
  ],
  busy: [
    { toolCalls: [call('bash', { command: 'echo once >> log; cat log' })] },
    (_, attempt) =>
      attempt === 0
        ? { status: 429, headers: { 'retry-after': '0' } }
        : { toolCalls: [call('bash', { command: 'cat log' })] },
    ({ results }) => ({ text: said(results) }),
  ],
  cut: [
    { text: 'I begin.', toolCalls: [call('write_file', { path: '/work/output/half.txt', content: 'half' })] },
    { text: ['Then ', 'I ', 'go ', 'on ', 'and ', 'on ', 'and '], brokenAfter: 6 },
  ],
  long: [
    { toolCalls: [call('bash', { command: 'for i in $(seq 1 9000); do echo "line $i"; done' })] },
    ({ results }) => ({ text: said(results).slice(0, 60) }),
  ],
  wordy: [
    ...Array.from({ length: 3 }, () => ({
      toolCalls: [call('bash', { command: 'for i in $(seq 1 400); do echo "line $i"; done' })],
    })),
    ({ results }) =>
      results.join('').length > 9_000
        ? {
            status: 400,
            failure: {
              code: 'context_length_exceeded',
              message: 'Your input exceeds the context window of this model.',
            },
          }
        : { text: `I still see ${results.at(-1)?.length} characters.` },
  ],
  endless: Array.from({ length: 20 }, (_, turn) => ({
    text: `Turn ${turn}.`,
    toolCalls: [call('bash', { command: 'echo on' })],
  })),
  declared: [
    { toolCalls: [call('write_file', { path: '/work/output/output.json', content: '{"sum": 7}' })] },
    { text: 'It is seven.' },
  ],
};

describe('agent runs', () => {
  let stand: AgentStand;
  beforeAll(async () => {
    stand = await openAgentStand({ scripts });
    await stand.createSkill({ alias: 'adder', files: { 'data.csv': '3\n4\n', 'ref/more.md': 'More.' } });
    const outputs = 'outputs:\n  - name: sum\n    type: number\n    required: true\n';
    await stand.createSkill({ alias: 'declaring', frontmatter: outputs });
  });
  afterAll(() => stand.close());

  const run = async (script: string, more: object = {}, alias = 'adder'): Promise<Run> => {
    const { id } = await stand.start(alias, { prompt: prompt(script), ...more });
    return stand.ended(id);
  };
  const payloads = async ({ id }: Run, type: RunEvent['payload']['type']) =>
    (await stand.events(id)).map(({ payload }) => payload).filter((payload) => payload.type === type);
  const textOf = ({ output }: Run): string => (output as { text: string }).text;

  it('work through a prompt with files and commands, and keep what they made', async () => {
    const ended = await run('report');
    expect(ended).toMatchObject({
      status: 'completed',
      execution: 'agent',
      steps: 3,
      toolCalls: 3,
      output: { text: 'The sum is 7.', citations: [], finishReason: 'stop', steps: 3 },
      connection: { id: stand.connection.id },
      model: 'gpt-4.1',
    });
    expect(ended.artifacts.map(({ name }) => name)).toEqual(['sum.txt']);
    expect((await payloads(ended, 'file-load')).map((event) => 'path' in event && event.path)).toEqual([
      'SKILL.md',
      'data.csv',
    ]);
    expect(await payloads(ended, 'step-start')).toHaveLength(3);
    expect(stand.peer.failures).toEqual([]);
  });

  it('leave earlier outputs out of a conversation that is longer than the model takes, and go on', async () => {
    const ended = await run('wordy');
    expect(ended).toMatchObject({ status: 'completed', steps: 4, toolCalls: 3 });
    expect(textOf(ended)).toBe('I still see 3491 characters.');
    expect(await payloads(ended, 'context-trim')).toEqual([
      { type: 'context-trim', results: 1, characters: 3491 },
    ]);
  });

  it('go on when the model makes mistakes in its calls', async () => {
    const ended = await run('clumsy');
    expect(ended.status).toBe('completed');
    expect(textOf(ended)).toMatch(
      /The input of bash is no JSON.*\n.*There is no tool "fly".*\n.*"command": .*\n.*must lie below \/work/,
    );
    const ids = (await payloads(ended, 'tool-result')).map((event) => 'id' in event && event.id);
    expect([...ids].sort()).toEqual(['a', 'a~2', 'b', 'c']);
    expect(stand.peer.failures).toEqual([]);
  });

  it('ask again where the vendor says that it is safe, and do nothing twice', async () => {
    const ended = await run('busy');
    expect(ended).toMatchObject({ status: 'completed', output: { text: 'once' } });
    const lines = await payloads(ended, 'log-line');
    expect(JSON.stringify(lines)).toMatch(/Asking again/);
  });

  it('end when the vendor breaks off, with what there is until then', async () => {
    const ended = await run('cut');
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(textOf(ended)).toMatch(/^Then/);
    expect(ended.artifacts.map(({ name }) => name)).toEqual(['half.txt']);
    expect(await payloads(ended, 'tool-result')).toHaveLength(1);
  });

  it('keep all of an output that is too long for the model', async () => {
    const ended = await run('long');
    expect(ended.artifacts).toMatchObject([{ name: 'tool-output/1-bash.txt', mime: 'text/plain' }]);
    const [result] = await payloads(ended, 'tool-result');
    expect(result).toMatchObject({ artifact: 'tool-output/1-bash.txt', isError: false });
    const path = `/skills/runs/${ended.id}/artifacts/tool-output/1-bash.txt`;
    const kept = (await stand.ada.agent.get(path).expect(200)).text;
    expect(kept.split('\n')).toHaveLength(9_000);
    expect(JSON.stringify(result).length).toBeLessThan(40_000);
  });

  it('are ended by the budget that they reach', async () => {
    const ended = await run('endless', { budget: { steps: 3 } });
    expect(ended).toMatchObject({
      status: 'failed',
      error: { code: 'steps-budget', message: 'The agent reached its budget of 3 steps.' },
      output: { text: 'Turn 2.', steps: 3 },
      budget: { steps: 3 },
      steps: 3,
    });
    expect(await run('endless', { budget: { tokens: 1 } })).toMatchObject({
      error: { code: 'tokens-budget' },
    });
  });

  it('give what their skill declares', async () => {
    const ended = await run('declared', {}, 'declaring');
    expect(ended).toMatchObject({ status: 'completed', output: { sum: 7 } });
  });

  it('need a prompt', async () => {
    for (const body of [{}, { prompt: '  ' }, { execution: 'agent' }]) {
      const request = stand.ada.agent.post('/skills/skills/adder/runs').send(body);
      const response = await request.send({ connection: stand.connection.id, ...body }).expect(400);
      expect(response.body.error.details).toMatchObject({ code: 'prompt-required', path: ['prompt'] });
    }
  });
});
