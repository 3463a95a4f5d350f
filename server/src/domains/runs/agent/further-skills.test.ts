import { InvalidError } from '../../../http/errors';
import { createJustBash, type SandboxImplementation } from '../../../platform/sandbox';
import type { AgentSkill } from './agent-host';
import { AgentStand, bash, contentOf, eventsOf, results } from './fixtures/agent-stand';

jest.setTimeout(60_000);

let implementation: SandboxImplementation;
let stand: AgentStand;
beforeAll(() => {
  implementation = createJustBash();
  stand = new AgentStand(implementation);
});
afterEach(() => stand.clear());
afterAll(() => implementation.close());

describe('further skills', () => {
  const helper: AgentSkill = {
    alias: 'helper',
    name: 'Helper',
    description: 'Helps\nwith sums.',
    kind: 'bundle',
    hasFiles: true,
    version: contentOf({ 'SKILL.md': 'x', 'ref.md': 'Reference.', 'add.sh': 'echo added' }),
    instructions: async () => '\nHelp so.\n',
  };
  const search: AgentSkill = {
    ...helper,
    alias: 'search',
    name: 'Search',
    kind: 'provider',
    hasFiles: false,
    version: contentOf({ 'skill.json': '{}' }),
    instructions: async () => 'Search so.',
  };
  const skills = [helper, search];

  it('are named to the agent, with tools to use them', async () => {
    const { requests } = await stand.run({ script: [{}], skills });
    expect(requests[0]?.instructions).toContain('- helper (Helper; files): Helps with sums.');
    expect(requests[0]?.instructions).toContain('- search (Search; provider): ');
    expect(requests[0]?.instructions).not.toContain('Help so.');
    expect(requests[0]?.instructions).not.toContain('runs its script');
    expect(requests[0]?.tools?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['load_skill', 'skill_call']),
    );
  });

  it('whose files could not be laid out are laid out when they are loaded again', async () => {
    let failures = 1;
    const record = await stand.run({
      skills,
      script: [
        { calls: [['load_skill', { name: 'helper' }]] },
        { calls: [['load_skill', { name: 'helper' }]] },
        { calls: [bash('cat /work/skills/helper/ref.md')] },
      ],
      wrapSandbox: (sandbox) => ({
        ...sandbox,
        writeFile: async (path, content) => {
          if (path.endsWith('ref.md') && failures > 0) {
            failures -= 1;
            throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
          }
          return sandbox.writeFile(path, content);
        },
      }),
    });
    const [full, loaded, read] = results(record);
    expect(full).toMatch(/no room left on the disk/);
    expect(loaded).toMatch(/Its files are in/);
    expect(read).toBe('Reference.');
    expect(record.uses).toEqual(['helper']);
    expect(eventsOf(record, 'skill-load')).toHaveLength(1);
  });

  it('say what their scripts take', async () => {
    const inputs = [
      { name: 'rows', type: 'integer' as const, required: true },
      { name: 'mode', type: 'string' as const },
    ];
    const scripted = { ...helper, version: { ...helper.version, metadata: { entrypoint: 'a.py', inputs } } };
    const { requests } = await stand.run({ script: [{}], skills: [scripted] });
    expect(requests[0]?.instructions).toContain('as "input": rows (integer, required), mode (string)]');
  });

  it('are loaded with their files, and what was read of them is told', async () => {
    const record = await stand.run({
      skills,
      script: [
        {
          calls: [
            ['load_skill', { name: 'helper' }],
            ['load_skill', { name: 'search' }],
          ],
        },
        {
          calls: [
            ['read_file', { path: '/work/skills/helper/ref.md' }],
            bash('cd /work/skills/helper && [ -x add.sh ] && bash add.sh'),
          ],
        },
        {
          calls: [
            ['load_skill', { name: 'helper' }],
            ['load_skill', { name: 'none' }],
          ],
        },
      ],
    });
    const [loaded, searching, reference, added, again, none] = results(record);
    expect(loaded).toMatch(/^Help so\.\n\n\[Its files are in \/work\/skills\/helper;/);
    expect(searching).toMatch(/^Search so\.\n\n\[It has no files; skill_call/);
    expect([reference, added]).toEqual(['Reference.', 'added']);
    expect(again).toBe(loaded);
    expect(none).toBe('There is no further skill "none". There are: helper, search.');
    expect(eventsOf(record, 'skill-load')).toEqual([
      { type: 'skill-load', alias: 'helper', version: 3 },
      { type: 'skill-load', alias: 'search', version: 3 },
    ]);
    expect(eventsOf(record, 'file-load').at(-1)).toEqual({
      type: 'file-load',
      alias: 'helper',
      path: 'ref.md',
    });
    expect(record.uses).toEqual(['helper', 'search']);
  });

  it('are called as runs of their own, and answer with what came of them', async () => {
    const record = await stand.run({
      skills,
      script: [
        {
          calls: [
            ['skill_call', { skill: 'helper', prompt: 'Add.', input: { a: 1 } }],
            ['skill_call', { skill: 'search', prompt: 'Fail.' }],
            ['skill_call', { skill: 'search', prompt: 'Stop.' }],
            ['skill_call', { skill: 'none' }],
          ],
        },
      ],
      child: ({ prompt }) => {
        if (prompt === 'Add.')
          return { status: 'completed', output: { sum: 1 }, artifacts: ['a.txt', 'b.txt'] };
        if (prompt === 'Stop.') return new InvalidError('Too deep.', { code: 'depth-limit' });
        return {
          status: 'failed',
          error: { code: 'timeout', message: 'It was slow.' },
          output: { text: 'half' },
        };
      },
    });
    const told = record.requests[1]?.messages.flatMap((message) =>
      message.role === 'tool' ? [message] : [],
    );
    expect(told?.map(({ content }) => content)).toEqual([
      'Run child-1 completed.\nOutput: {"sum":1}\nArtifacts of that run: a.txt, b.txt',
      'Run child-2 failed (timeout): It was slow.\nOutput: {"text":"half"}',
      'The skill was not started (depth-limit): Too deep.',
      'There is no further skill "none". There are: helper, search.',
    ]);
    expect(told?.map(({ isError = false }) => isError)).toEqual([false, true, true, true]);
    const sum = { callId: 'c0-0', alias: 'helper', prompt: 'Add.', input: { a: 1 } };
    expect(record.children[0]).toMatchObject(sum);
  });

  it('that wait let the run wait, and go on when they have ended', async () => {
    const script = [
      { calls: [['skill_call', { skill: 'helper', prompt: 'Wait.' }] as const, bash('echo b')] },
    ];
    const first = await stand.run({ skills, script, child: () => ({ status: 'waiting' }) });
    expect(first.outcome).toEqual({ status: 'waiting', reason: 'child-runs', timeoutMs: 1_000 });
    expect(first.approvals).toEqual([]);
    const again = { skills, saved: first.saved, sandbox: first.sandbox };
    const second = await stand.run({ ...again, script: [] });
    expect(second.outcome).toMatchObject({ status: 'waiting', reason: 'child-runs' });
    const third = await stand.run({
      ...again,
      script: [{ text: 'Both.' }],
      childRest: (runId) => ({ status: 'completed', output: `of ${runId}`, artifacts: [] }),
    });
    expect(third.outcome).toMatchObject({ status: 'completed', output: { text: 'Both.' } });
    expect(third.children).toEqual([]);
    const told = third.requests[0]?.messages.flatMap((message) =>
      message.role === 'tool' ? [message.content] : [],
    );
    expect(told).toEqual(['Run child-1 completed.\nOutput: "of child-1"', 'b']);
  });

  it('share what is left with the calls of their step that were not begun, those that wait included', async () => {
    const callOf = (alias: string) => ['skill_call', { skill: alias, prompt: 'Go.' }] as const;
    const options = { skills, approval: ['Skill(search)'] };
    const script = [{ calls: [callOf('helper'), bash('ls'), callOf('helper'), callOf('search')] }];
    const first = await stand.run({ ...options, script });
    expect(first.children.map(({ sharers }) => sharers)).toEqual([3, 2]);
    const again = { ...options, script: [{}], saved: first.saved, sandbox: first.sandbox };
    const second = await stand.run({ ...again, decisions: { 'c0-3': true } });
    expect(second.children.map(({ sharers }) => sharers)).toEqual([1]);
  });

  it('may wait for approval first', async () => {
    const script = [{ calls: [['skill_call', { skill: 'helper', prompt: 'Add.' }] as const] }];
    const first = await stand.run({ skills, script, approval: ['Skill(helper)'] });
    expect(first.children).toEqual([]);
    const second = await stand.run({
      skills,
      script: [{}],
      approval: ['Skill(helper)'],
      saved: first.saved,
      sandbox: first.sandbox,
      decisions: { 'c0-0': true },
    });
    expect(second.children).toHaveLength(1);
    expect(second.outcome).toMatchObject({ status: 'completed' });
  });
});
