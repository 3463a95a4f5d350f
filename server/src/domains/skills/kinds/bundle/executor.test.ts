import { describeWhereBubblewrapIs } from '../../../../platform/sandbox/conformance/where-bubblewrap-is';
import { createBubblewrap, createJustBash, type SandboxImplementation } from '../../../../platform/sandbox';
import { printed, runInStand, type RunRequest } from './fixtures/run-stand';

jest.setTimeout(60_000);

const echoInput = `import json, os, sys
given = json.load(sys.stdin)
with open(os.environ["SKILL_INPUT"]) as file:
    print(json.dumps({"stdin": given, "file": json.load(file), "folder": os.getcwd()}))
`;

function describeExecutor(open: () => SandboxImplementation): void {
  let implementation: SandboxImplementation;
  beforeAll(() => void (implementation = open()));
  afterAll(() => implementation.close());

  const python = (source: string, more: Partial<RunRequest> = {}) =>
    runInStand(implementation, {
      files: { 'main.py': source },
      metadata: { entrypoint: 'main.py' },
      ...more,
    });
  const bash = (source: string, more: Partial<RunRequest> = {}) =>
    runInStand(implementation, {
      files: { 'main.sh': source },
      metadata: { entrypoint: 'main.sh' },
      ...more,
    });

  it('gives the input on stdin and in the file that SKILL_INPUT names, in the skill folder', async () => {
    const input = { text: 'grüße \u0000 \ud83d\ude00', list: [1, null] };
    const { outcome } = await python(echoInput, { input });
    expect(outcome).toEqual({
      status: 'completed',
      output: { stdin: input, file: input, folder: '/work/skill' },
    });
  });

  it('gives an empty object when there is no input', async () => {
    const { outcome } = await python(echoInput);
    expect(outcome).toMatchObject({ output: { stdin: {}, file: {} } });
  });

  it('lays input files into SKILL_INPUT_DIR', async () => {
    const { outcome } = await bash('cat "$SKILL_INPUT_DIR/a.txt" "$SKILL_INPUT_DIR/b c.txt"', {
      inputFiles: { 'a.txt': '{"a":', 'b c.txt': '1}' },
    });
    expect(outcome).toEqual({ status: 'completed', output: { a: 1 } });
  });

  it('keeps what is written to SKILL_OUTPUT_DIR, with type, size and digest', async () => {
    const { artifacts } = await bash(
      'mkdir "$SKILL_OUTPUT_DIR/sub"; printf "a,b\\n" > "$SKILL_OUTPUT_DIR/sub/table.csv"; printf x > "$SKILL_OUTPUT_DIR/ü.bin"',
    );
    expect(Object.keys(artifacts)).toEqual(['sub/table.csv', 'ü.bin']);
    expect(artifacts['sub/table.csv']).toEqual({
      file: {
        name: 'sub/table.csv',
        mime: 'text/csv',
        size: 4,
        digest: '5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313',
      },
      text: 'a,b\n',
    });
  });

  it('takes output.json as the output before anything printed, and not as an artifact', async () => {
    const { outcome, artifacts } = await bash(
      'echo \'{"from":"stdout"}\'; echo \'{"from":"file"}\' > "$SKILL_OUTPUT_DIR/output.json"',
    );
    expect(outcome).toEqual({ status: 'completed', output: { from: 'file' } });
    expect(artifacts).toEqual({});
  });

  it('takes the last JSON line of stdout as the output', async () => {
    const { outcome } = await bash('echo 10; echo \'{"a":1}\'; echo \'{"a":2}\'; echo Done.');
    expect(outcome).toEqual({ status: 'completed', output: { a: 2 } });
  });

  it('has null for an output when nothing printed is JSON', async () => {
    expect((await bash('echo 50; echo fine')).outcome).toEqual({ status: 'completed', output: null });
  });

  it('fails when output.json is not JSON', async () => {
    const { outcome } = await bash('echo "{" > "$SKILL_OUTPUT_DIR/output.json"');
    expect(outcome).toEqual({
      status: 'failed',
      error: { code: 'output-invalid', message: 'output.json is not JSON.' },
    });
  });

  it('fails when the output is not what the skill declares, and tells it', async () => {
    const { outcome } = await bash('echo \'{"sum":"1"}\'', {
      metadata: { entrypoint: 'main.sh', outputs: [{ name: 'sum', type: 'number' }] },
    });
    expect(outcome).toEqual({
      status: 'failed',
      error: { code: 'output-mismatch', message: 'The field "sum" must be a number.' },
      output: { sum: '1' },
    });
  });

  it.each([
    ['sync', 'def run(input):\n    return {"doubled": input["n"] * 2}'],
    [
      'async',
      'import asyncio\nasync def run(input):\n    await asyncio.sleep(0.01)\n    return {"doubled": input["n"] * 2}',
    ],
  ])('calls run(input) of a Python entrypoint: %s', async (_, source) => {
    const { outcome } = await python(source, { input: { n: 21 } });
    expect(outcome).toEqual({ status: 'completed', output: { doubled: 42 } });
  });

  it("finds an entrypoint's siblings, called or run", async () => {
    const files = {
      'scripts/sibling.py': 'answer = 42',
      'scripts/called.py': 'import sibling\ndef run(input): return sibling.answer',
      'scripts/script.py': 'import sibling\nprint(sibling.answer)',
    };
    for (const name of ['called', 'script']) {
      const { outcome } = await runInStand(implementation, {
        files,
        metadata: { entrypoint: `scripts/${name}.py` },
      });
      expect(outcome).toEqual({ status: 'completed', output: 42 });
    }
  });

  it('fails when run(input) returns what is not JSON', async () => {
    const { outcome } = await python('def run(input): return {1, 2}');
    expect(outcome).toMatchObject({
      status: 'failed',
      error: {
        code: 'exit-code',
        message: expect.stringContaining('run() returned a value that is not JSON'),
      },
    });
  });

  it('fails with the exit code and the last lines of stderr', async () => {
    const { outcome } = await bash('for i in $(seq 30); do echo "line $i" >&2; done; exit 3');
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'exit-code' } });
    const message = outcome.status === 'failed' ? outcome.error.message : '';
    expect(message).toBe(
      `The script ended with exit code 3.\n${[21, 22, 23, 24, 25, 26, 27, 28, 29, 30].map((n) => `line ${n}`).join('\n')}`,
    );
  });

  it("shows a Python traceback in the skill's own words", async () => {
    const { outcome } = await python('def run(input):\n    return input["missing"]');
    const message = outcome.status === 'failed' ? outcome.error.message : '';
    expect(message).toContain('return input["missing"]');
    expect(message).toContain("KeyError: 'missing'");
  });

  it('names the interpreter that is missing, and the sandbox', async () => {
    const { outcome } = await runInStand(implementation, {
      files: { 'main.php': '<?php' },
      metadata: { entrypoint: 'main.php' },
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: {
        code: 'interpreter-missing',
        message: expect.stringMatching(
          /^main\.php needs php, which the sandbox \([a-z-]+\) of this server does not have\.$/,
        ),
      },
    });
  });

  it('fails by the name of the limit', async () => {
    const slow = await bash('while true; do :; done', { limits: { timeMs: 1000 } });
    expect(slow.outcome).toMatchObject({ error: { code: 'time-limit' } });
    const loud = await bash('while true; do echo xxxxxxxxxxxxxxxx; done', {
      limits: { outputBytes: 10_000 },
    });
    expect(loud.outcome).toMatchObject({ error: { code: 'output-limit' } });
    expect(printed(loud.events, 'stdout')).toHaveLength(10_000);
  });

  it('throws when it is stopped', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 500);
    await expect(bash('sleep 30', { signal: controller.signal })).rejects.toThrow('stopped');
  });

  it('tells what it does, and what the script prints, in order', async () => {
    const { events } = await bash('echo out; echo err >&2');
    expect(events.map(({ type }) => type)).toEqual([
      'run-start',
      'log-line',
      'text-delta',
      'text-delta',
      'log-line',
    ]);
    expect(events[0]).toMatchObject({ command: 'bash main.sh' });
    expect([printed(events, 'stdout'), printed(events, 'stderr')]).toEqual(['out\n', 'err\n']);
  });

  it('keeps characters whole, and bytes that are none harmless', async () => {
    const source =
      'import sys\nsys.stdout.buffer.write("é😀".encode() * 40000 + b"\\xff\\x00")\nsys.stdout.buffer.flush()';
    const { events } = await python(source, { limits: { outputBytes: 2 ** 22 } });
    const text = printed(events, 'stdout').replace(/\n$/, '');
    expect(text).toBe(`${'é😀'.repeat(40_000)}\ufffd\u0000`);
  });

  it('asks for the network only when the skill does', async () => {
    const quiet = await bash('true');
    expect(quiet.networkAsked).toEqual([false]);
    const asking = await bash('true', { metadata: { entrypoint: 'main.sh', allowNetwork: true } });
    expect(asking.networkAsked).toEqual([true]);
  });
}

describeWhereBubblewrapIs('a bundle executed in bubblewrap', () => describeExecutor(createBubblewrap));

describe('a bundle executed in just-bash', () => describeExecutor(createJustBash));

describe('a bundle that cannot be executed', () => {
  const run = (files: Record<string, string>, entrypoint?: string) =>
    runInStand(
      {
        name: 'none',
        probe: () => Promise.reject(new Error()),
        create: () => Promise.reject(new Error()),
        close: async () => undefined,
      },
      { files, metadata: { entrypoint } },
    );

  it.each([
    ['has no entrypoint', {}, undefined, 'no-entrypoint'],
    ['names a file that is not there', { 'a.py': '' }, 'b.py', 'entrypoint-missing'],
    ['has an unknown extension', { 'main.exe': '' }, 'main.exe', 'interpreter-unknown'],
  ])('fails before a sandbox is made when it %s', async (_, files, entrypoint, code) => {
    const record = await run(files, entrypoint);
    expect(record.outcome).toMatchObject({ status: 'failed', error: { code } });
    expect(record.networkAsked).toEqual([]);
  });
});
