import { createJustBash, type SandboxImplementation } from '../../../platform/sandbox';
import { AgentStand, bash, eventsOf, results, type StandRecord } from './fixtures/agent-stand';

jest.setTimeout(60_000);

let implementation: SandboxImplementation;
let stand: AgentStand;
beforeAll(() => {
  implementation = createJustBash();
  stand = new AgentStand(implementation);
});
afterEach(() => stand.clear());
afterAll(() => implementation.close());

/** A file of the sandbox; empty where there is none. */
async function textOf({ sandbox }: StandRecord, path: string): Promise<string> {
  const content = await sandbox.readFile(path).catch(() => undefined);
  return content ? Buffer.concat(await content.toArray()).toString() : '';
}

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
  it('is asked for before a call is begun; calls before it are executed first, and what reads behind it', async () => {
    const first = await stand.run({
      script: [{ calls: [bash('echo free'), bash('touch made'), ['list_files', {}]] }],
      approval: ['Bash(touch:*)'],
    });
    expect(first.outcome).toEqual({ status: 'waiting', reason: 'approval', timeoutMs: 1_000 });
    expect(first.approvals).toEqual([{ callId: 'c0-1', name: 'bash', input: { command: 'touch made' } }]);
    expect(results(first)).toEqual(expect.arrayContaining(['SKILL.md (26)', 'free']));
    expect(await first.sandbox.list('/work/skill')).toHaveLength(1);
  });

  describe('keeps the order of the calls: behind one that waits', () => {
    const cfg = '/work/skill/cfg';
    const edit = ['edit_file', { path: cfg, oldText: 'old', newText: 'new' }] as const;
    const options = { files: { cfg: 'old' }, approval: ['Bash(cp:*)', 'write_file'] };
    const script = [{ calls: [bash('cp cfg cfg.bak'), edit, bash('cat cfg >> log'), bash('cat cfg')] }];

    it.each<[string, boolean, readonly string[]]>([
      ['given', true, ['new', 'old', 'new']],
      ['refused', false, ['new', '', 'new']],
    ])(
      'nothing is done until it is decided, and then all: %s',
      async (_word, approved, [now, kept, logged]) => {
        const first = await stand.run({ ...options, script });
        expect(first.approvals).toHaveLength(1);
        expect(results(first)).toEqual([]);
        expect(await textOf(first, cfg)).toBe('old');
        const second = await stand.run({
          ...options,
          script: [{ text: 'Done.' }],
          saved: first.saved,
          sandbox: first.sandbox,
          decisions: { 'c0-0': approved },
        });
        expect(second.outcome).toMatchObject({ status: 'completed', output: { text: 'Done.', steps: 2 } });
        expect(second.approvals).toEqual([]);
        expect(await textOf(first, cfg)).toBe(now);
        expect(await textOf(first, `${cfg}.bak`)).toBe(kept);
        expect(await textOf(first, '/work/skill/log')).toBe(logged);
        const told = second.requests[0]?.messages.filter(({ role }) => role === 'tool');
        expect(told).toHaveLength(4);
      },
    );

    it('and that would have written, not even what reads is begun', async () => {
      const calls = [
        ['write_file', { path: cfg, content: 'written' }] as const,
        ['read_file', { path: cfg }] as const,
      ];
      const first = await stand.run({ ...options, script: [{ calls }] });
      expect(results(first)).toEqual([]);
      const again = { ...options, script: [{}], saved: first.saved, sandbox: first.sandbox };
      const second = await stand.run({ ...again, decisions: { 'c0-0': true } });
      expect(results(second).at(-1)).toBe('written');
    });

    it('what was approved has ended before what was held back begins', async () => {
      const calls = [bash('cp cfg a; sleep 0.2; cat cfg > seen'), bash('echo new > cfg')];
      const first = await stand.run({ ...options, script: [{ calls }] });
      const again = { ...options, script: [{}], saved: first.saved, sandbox: first.sandbox };
      await stand.run({ ...again, decisions: { 'c0-0': true } });
      expect(await textOf(first, '/work/skill/seen')).toBe('old');
      expect(await textOf(first, cfg)).toBe('new\n');
    });

    it('of two, the decision about the later one changes nothing yet', async () => {
      const calls = [bash('cp cfg a'), edit, bash('cp cfg b')];
      const first = await stand.run({ ...options, script: [{ calls }] });
      expect(first.approvals.map(({ callId }) => callId)).toEqual(['c0-0', 'c0-2']);
      const again = { ...options, sandbox: first.sandbox };
      const second = await stand.run({
        ...again,
        script: [],
        saved: first.saved,
        decisions: { 'c0-2': true },
      });
      expect(second.outcome).toMatchObject({ status: 'waiting', reason: 'approval' });
      expect(results(second)).toEqual([]);
      const decisions = { 'c0-0': true, 'c0-2': true };
      await stand.run({ ...again, script: [{}], saved: second.saved, decisions });
      expect([await textOf(first, '/work/skill/a'), await textOf(first, '/work/skill/b')]).toEqual([
        'old',
        'new',
      ]);
    });
  });

  it('is still waited for by a run that waited before calls were held back', async () => {
    const first = await stand.run({
      script: [{ calls: [bash('echo a'), bash('echo b')] }],
      approval: ['bash'],
    });
    const saved = structuredClone(first.saved) as { calls: { held?: boolean }[] };
    for (const call of saved.calls) delete call.held;
    const again = { approval: ['bash'], sandbox: first.sandbox, saved };
    const decisions = { 'c0-0': true, 'c0-1': false };
    const second = await stand.run({ ...again, script: [{}], decisions });
    expect(results(second).sort()).toEqual(['Denied by a person.', 'a']);
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
