import { createBubblewrap, createJustBash, type SandboxImplementation } from '../../../../platform/sandbox';
import { describeWhereBubblewrapIs } from '../../../../platform/sandbox/conformance/where-bubblewrap-is';
import { AgentStand, eventsOf, results, type StandOptions } from '../fixtures/agent-stand';

jest.setTimeout(60_000);

type Call = readonly [name: string, input: unknown];

function describeTools(open: () => SandboxImplementation): void {
  let implementation: SandboxImplementation;
  let stand: AgentStand;
  beforeAll(() => {
    implementation = open();
    stand = new AgentStand(implementation);
  });
  afterEach(() => stand.clear());
  afterAll(() => implementation.close());

  /** Makes the calls one after another, each in a step, and answers what the tools said. */
  async function use(calls: readonly Call[], options: Omit<Partial<StandOptions>, 'script'> = {}) {
    const record = await stand.run({
      ...options,
      script: calls.map(([name, input]) => ({ calls: [[name, input] as const] })),
    });
    expect(record.outcome).toMatchObject({ status: 'completed' });
    const told = eventsOf(record, 'tool-result');
    return { ...record, said: results(record), errors: told.map(({ isError }) => isError) };
  }

  const one = async (call: Call, options: Omit<Partial<StandOptions>, 'script'> = {}) => {
    const { said, errors } = await use([call], options);
    return { text: said[0] ?? '', isError: errors[0] };
  };

  describe('bash', () => {
    it('answers what was printed, and how a command ended that did not end well', async () => {
      expect(await one(['bash', { command: 'echo out' }])).toEqual({ text: 'out', isError: false });
      expect(await one(['bash', { command: 'true' }])).toEqual({
        text: '(It printed nothing.)',
        isError: false,
      });
      const failed = await one(['bash', { command: 'echo on; echo err >&2; exit 3' }]);
      expect(failed).toMatchObject({ isError: true });
      expect(failed.text.split('\n').sort()).toEqual(['Exit code 3.', 'err', 'on']);
    });

    it('begins in the skill folder, and knows where input and output are', async () => {
      const { text } = await one(
        ['bash', { command: 'pwd; cat "$SKILL_INPUT"; ls "$SKILL_INPUT_DIR"; echo "$SKILL_OUTPUT_DIR"' }],
        { input: { a: 1 }, inputFiles: { 'in.txt': 'x' } },
      );
      expect(text).toBe('/work/skill\n{"a":1}in.txt\n/work/output');
    });

    it('is told of a limit in words', async () => {
      const { text, isError } = await one(['bash', { command: 'seq 1 1500' }], {
        sandboxLimits: { outputBytes: 1_000 },
        limits: { maxToolOutput: 5_000 },
      });
      expect(text).toContain('It was ended because it printed more than a command may');
      expect(isError).toBe(true);
    });

    it('is ended after the time that the model gave it', async () => {
      const { text } = await one(['bash', { command: 'echo a; sleep 30', timeoutMs: 200 }]);
      expect(text).toContain('It was ended after the 200 ms that "timeoutMs" gave it.');
    });

    it('works on after a command that was ended, with the files that there are', async () => {
      const { said } = await use([
        ['write_file', { path: 'kept.txt', content: 'kept' }],
        ['bash', { command: 'sleep 30', timeoutMs: 200 }],
        ['bash', { command: 'cat kept.txt' }],
      ]);
      expect(said[2]).toBe('kept');
    });
  });

  describe('read_file', () => {
    it('reads a text, and parts of it', async () => {
      const files = { 'a.txt': 'one\ntwo\nthree\n' };
      expect((await one(['read_file', { path: 'a.txt' }], { files })).text).toBe('one\ntwo\nthree\n');
      const part = await one(['read_file', { path: '/work/skill/a.txt', offset: 2, limit: 1 }], { files });
      expect(part.text).toBe('two\n\n[There is more: go on with "offset": 3.]');
      const behind = await one(['read_file', { path: 'a.txt', offset: 9 }], { files });
      expect(behind).toEqual({ text: '"a.txt" has only 3 lines; "offset" is 9.', isError: true });
    });

    it('never answers more than the model is told at once', async () => {
      const long = 'a line of text\n'.repeat(1_000);
      const { text } = await one(['read_file', { path: 'a.txt' }], { files: { 'a.txt': long } });
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(text).toMatch(/\[There is more: go on with "offset": 1\d\d\.\]$/);
    });

    it.each([
      ['nothing.txt', /no such file/],
      ['folder', /./],
      ['image.png', /is an image \(PNG\)/],
      ['a.txt/b', /./],
    ])('says what is wrong with %s', async (path, expected) => {
      const files = { 'a.txt': 'a', 'folder/b': 'b', 'image.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]) };
      const { text, isError } = await one(['read_file', { path }], { files });
      expect(text).toMatch(expected);
      expect(text).toContain(path);
      expect(isError).toBe(true);
    });
  });

  it.each([
    '/etc/passwd',
    '../../etc/passwd',
    '/work/../etc/passwd',
    '/workshop/a',
    '/proc/self/environ',
    '/work',
    'a\0b',
  ])('no file tool reaches %j', async (path) => {
    const { said, errors } = await use([
      ['read_file', { path }],
      ['write_file', { path, content: 'x' }],
      ['edit_file', { path, oldText: 'a', newText: 'b' }],
    ]);
    for (const text of said) expect(text).toContain('"path" must lie below /work');
    expect(errors).toEqual([true, true, true]);
  });

  it('follows no link out', async () => {
    const { said, errors } = await use([
      ['bash', { command: 'ln -s /etc/passwd link; ln -s /etc linked' }],
      ['read_file', { path: 'link' }],
      ['write_file', { path: 'link', content: 'x' }],
      ['read_file', { path: 'linked/passwd' }],
      ['list_files', { path: 'linked' }],
    ]);
    // Where all files are the shell's own, a link leads nowhere else, and may be written through.
    expect([errors[0], errors[1], errors[3], errors[4]]).toEqual([false, true, true, true]);
    expect(said.join('\n')).not.toContain('root:');
    expect(said.join('\n')).not.toContain('/proc/');
  });

  describe('write_file and edit_file', () => {
    it('make folders, replace files, and leave a script executable', async () => {
      const { said } = await use(
        [
          ['write_file', { path: 'a/b/c.txt', content: 'grün' }],
          ['bash', { command: 'cat a/b/c.txt' }],
          ['edit_file', { path: 'run.sh', oldText: 'old', newText: 'new' }],
          ['write_file', { path: 'run.sh', content: '#!/bin/bash\necho newest\n' }],
          ['bash', { command: '[ -x run.sh ] && bash run.sh' }],
          ['write_file', { path: '/work/output/r.txt', content: '' }],
        ],
        { files: { 'run.sh': '#!/bin/bash\necho old\n' } },
      );
      expect(said).toEqual([
        'Wrote 5 bytes to /work/skill/a/b/c.txt.',
        'grün',
        'Replaced it once in /work/skill/run.sh.',
        'Wrote 24 bytes to /work/skill/run.sh.',
        'newest',
        'Wrote 0 bytes to /work/output/r.txt.',
      ]);
    });

    it('replaces what is unique, or all that there is when told so', async () => {
      const files = { 'a.txt': 'x = $1;\nx = 2;\n', 'bom.txt': '\ufeffa' };
      const { said, errors } = await use(
        [
          ['edit_file', { path: 'a.txt', oldText: 'x', newText: '$&' }],
          ['edit_file', { path: 'a.txt', oldText: 'x = $1', newText: '$& $1' }],
          ['edit_file', { path: 'a.txt', oldText: ';', newText: '!', all: true }],
          ['read_file', { path: 'a.txt' }],
          ['edit_file', { path: 'a.txt', oldText: 'nowhere', newText: '' }],
          ['edit_file', { path: 'a.txt', oldText: 'x', newText: 'x' }],
          ['edit_file', { path: 'bom.txt', oldText: 'a', newText: 'b' }],
          ['bash', { command: 'wc -c < bom.txt' }],
        ],
        { files },
      );
      expect(said[0]).toContain('stands 2 times');
      expect(said[2]).toBe('Replaced it 2 times in /work/skill/a.txt.');
      expect(said[3]).toBe('$& $1!\nx = 2!\n');
      expect(said[4]).toContain('does not stand in the file');
      expect(said[7]?.trim()).toBe('4');
      expect(errors).toEqual([true, false, false, false, true, true, false, false]);
    });

    it('edits no file that is no text', async () => {
      const files = { 'a.bin': Buffer.from([0xff, 0xfe, 0x61]) };
      const { text } = await one(['edit_file', { path: 'a.bin', oldText: 'a', newText: 'b' }], { files });
      expect(text).toContain('is no text in UTF-8');
    });
  });

  it('lists files, by folder and pattern', async () => {
    const files = { 'a.md': 'abc', 'src/b.ts': '', 'src/deep/c.ts': 'x' };
    const { said, errors } = await use(
      [
        ['list_files', {}],
        ['list_files', ''],
        ['list_files', { path: 'src', pattern: '*.ts' }],
        ['list_files', { path: '/work', pattern: '*.txt' }],
        ['list_files', { path: 'none' }],
        ['list_files', { pattern: '*.none' }],
      ],
      { files, inputFiles: { 'in.txt': 'in' } },
    );
    expect(said.slice(0, 4)).toEqual([
      'SKILL.md (26)\na.md (3)\nsrc/b.ts (0)\nsrc/deep/c.ts (1)',
      'SKILL.md (26)\na.md (3)\nsrc/b.ts (0)\nsrc/deep/c.ts (1)',
      'b.ts (0)\ndeep/c.ts (1)',
      'input/in.txt (2)',
    ]);
    expect(said[4]).toMatch(/no such file or folder|no file in/);
    expect(said[5]).toBe('(There is no file that matches in /work/skill.)');
    expect(errors.slice(0, 4)).toEqual([false, false, false, false]);
  });

  describe('what is too long for the model', () => {
    it('is cut in the middle, kept as an artifact, and lies in the sandbox', async () => {
      const { said, artifacts, events } = await use([
        ['bash', { command: 'for i in $(seq 1 2000); do echo "line $i"; done' }],
        ['bash', { command: 'wc -l < /work/tool-output/1-bash.txt; tail -n 1 /work/tool-output/1-bash.txt' }],
      ]);
      expect(said[0]?.length).toBeLessThanOrEqual(2_000);
      expect(said[0]).toMatch(/^line 1\nline 2\n/);
      expect(said[0]).toMatch(/line 1999\nline 2000$/);
      expect(said[0]).toMatch(
        /\d+ of \d+ characters are left out here; all of them are in the file \/work\/tool-output\/1-bash\.txt\./,
      );
      expect(artifacts['tool-output/1-bash.txt']?.split('\n')).toHaveLength(2_000);
      expect(said[1]).toContain('line 2000');
      const [cut, whole] = eventsOf({ events }, 'tool-result');
      expect(cut).toMatchObject({ artifact: 'tool-output/1-bash.txt', output: said[0] });
      expect(whole).not.toHaveProperty('artifact');
    });

    it('has no secret in it, however it is cut', async () => {
      const secret = 'hunter2-secret';
      const { said, artifacts, requests } = await use(
        [['bash', { command: `for i in $(seq 1 400); do echo "$i hunter2-""secret"; done` }]],
        { secrets: [secret] },
      );
      expect(said.join()).not.toContain('hunter2');
      expect(JSON.stringify(artifacts)).not.toContain('hunter2');
      expect(JSON.stringify(requests.at(-1)?.messages.at(-1))).not.toContain('hunter2');
    });
  });
}

describe('tools in just-bash', () => describeTools(createJustBash));
describeWhereBubblewrapIs('tools in bubblewrap', () => describeTools(createBubblewrap));
