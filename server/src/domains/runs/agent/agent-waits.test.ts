import { createJustBash, type SandboxImplementation } from '../../../platform/sandbox';
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

describe('what people say meanwhile', () => {
  const said = (text: string) => ({ role: 'user', content: [{ type: 'text', text }] });

  it('enters the conversation at the next step, behind what tools answered', async () => {
    const { requests } = await stand.run({
      script: [{ calls: [bash('ls')] }, {}],
      messages: [[], ['Hurry.', 'Please.']],
    });
    expect(requests[1]?.messages.slice(-3)).toEqual([
      { role: 'tool', toolCallId: 'c0-0', content: 'SKILL.md' },
      said('Hurry.'),
      said('Please.'),
    ]);
  });

  it('is heard even when it comes with the last answer', async () => {
    const { outcome, requests } = await stand.run({
      script: [{ text: 'Done.' }, { text: 'Done better.' }],
      messages: [[], ['Better.']],
    });
    expect(outcome).toMatchObject({ output: { text: 'Done better.', steps: 2 } });
    expect(requests[1]?.messages.at(-1)).toEqual(said('Better.'));
  });
});

describe('approval', () => {
  it('is asked for before a call is begun; the other calls of the step are executed first', async () => {
    const first = await stand.run({
      script: [{ calls: [bash('touch made'), ['list_files', {}], bash('echo free')] }],
      approval: ['Bash(touch:*)'],
    });
    expect(first.outcome).toEqual({ status: 'waiting', reason: 'approval', timeoutMs: 1_000 });
    expect(first.approvals).toEqual([{ callId: 'c0-0', name: 'bash', input: { command: 'touch made' } }]);
    expect(results(first)).toEqual(expect.arrayContaining(['SKILL.md (26)', 'free']));
    expect(await first.sandbox.list('/work/skill')).toHaveLength(1);
  });

  it('lets the call be executed once, when it is given', async () => {
    const options = { approval: ['bash'], task: { allowedTools: ['Bash(cat:*)'] } };
    const first = await stand.run({
      script: [{ calls: [bash('cat SKILL.md'), bash('echo x >> log; cat log')] }],
      ...options,
    });
    const second = await stand.run({
      script: [{ calls: [bash('cat log')] }, { text: 'Done.' }],
      ...options,
      saved: first.saved,
      sandbox: first.sandbox,
      decisions: { 'c0-1': true },
    });
    expect(second.outcome).toMatchObject({ status: 'completed', output: { text: 'Done.', steps: 3 } });
    expect(results(second)).toEqual(['x', 'x']);
    // It goes on where it was: no second beginning, and the results in the order of the calls.
    expect(eventsOf(second, 'run-start')).toEqual([]);
    expect(eventsOf(second, 'file-load')).toEqual([]);
    expect(second.requests[0]?.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'tool',
    ]);
    expect(second.steps).toEqual([2, 3]);
  });

  it('tells the model when it is not given, and why', async () => {
    const first = await stand.run({ script: [{ calls: [bash('rm SKILL.md')] }], approval: ['*'] });
    const second = await stand.run({
      script: [{ text: 'I leave it.' }],
      approval: ['*'],
      saved: first.saved,
      sandbox: first.sandbox,
      decisions: { 'c0-0': 'We need it.' },
    });
    expect(second.outcome).toMatchObject({ status: 'completed' });
    expect(second.requests[0]?.messages.at(-1)).toEqual({
      role: 'tool',
      toolCallId: 'c0-0',
      content: 'Denied by a person: We need it.',
      isError: true,
    });
    expect(await first.sandbox.list('/work/skill')).toHaveLength(1);
  });

  it('is waited for again while something is not decided', async () => {
    const first = await stand.run({
      script: [{ calls: [bash('echo a'), bash('echo b')] }],
      approval: ['bash'],
    });
    const again = { approval: ['bash'], sandbox: first.sandbox };
    const second = await stand.run({ script: [], ...again, saved: first.saved, decisions: { 'c0-0': true } });
    expect(second.outcome).toMatchObject({ status: 'waiting', reason: 'approval' });
    expect(results(second)).toEqual(['a']);
    const decisions = { 'c0-0': true, 'c0-1': true };
    const third = await stand.run({ script: [{}], ...again, saved: second.saved, decisions });
    expect(third.outcome).toMatchObject({ status: 'completed' });
    expect(results(third)).toEqual(['b']);
  });

  it('of one call is none of another that has its id', async () => {
    const first = await stand.run({ script: [{ calls: [bash('echo good', 'x')] }], approval: ['bash'] });
    const second = await stand.run({
      script: [{ calls: [bash('echo evil', 'x')] }],
      approval: ['bash'],
      saved: first.saved,
      sandbox: first.sandbox,
      decisions: { x: true },
    });
    expect(results(second)).toEqual(['good']);
    expect(second.outcome).toMatchObject({ status: 'waiting' });
    expect(second.approvals).toEqual([{ callId: 'x~2', name: 'bash', input: { command: 'echo evil' } }]);
  });

  it('says which patterns name no tool', async () => {
    const { events } = await stand.run({ script: [{}], approval: ['Bash(rm:*)', 'bsh', 'Skill', '*'] });
    const warnings = eventsOf({ events }, 'log-line').map(({ message }) => message);
    expect(warnings).toEqual([
      expect.stringMatching(/^"bsh" names no tool/),
      expect.stringMatching(/^"Skill" names no tool/),
    ]);
  });

  it('is not asked for a call that no tool takes', async () => {
    const { outcome, approvals } = await stand.run({
      script: [
        {
          calls: [
            ['bash', { no: 1 }],
            ['fly', {}],
          ],
        },
      ],
      approval: ['*'],
    });
    expect(outcome).toMatchObject({ status: 'completed' });
    expect(approvals).toEqual([]);
  });

  it.each([[{}], ['x'], [{ format: 2 }]])('does not go on with what it cannot read: %j', async (saved) => {
    const refusal = expect.objectContaining({
      details: expect.objectContaining({ code: 'state-unreadable' }),
    });
    await expect(stand.run({ script: [], saved })).rejects.toEqual(refusal);
  });
});
