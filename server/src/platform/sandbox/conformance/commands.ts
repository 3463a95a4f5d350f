import { pause, readText, run, type Stand } from './stand';

/** Running commands: what goes in, what comes out, how they end. */
export function describeCommands(stand: Stand): void {
  describe('commands', () => {
    it('run in the skill folder, which holds the files', async () => {
      const sandbox = await stand.sandbox({ 'a/b.txt': 'deep', 'main.sh': 'pwd; cat a/b.txt' });
      expect(await run(sandbox, ['bash', 'main.sh'])).toMatchObject({
        exitCode: 0,
        stdout: '/work/skill\ndeep',
      });
    });

    it('get the standard input, and its end', async () => {
      const sandbox = await stand.sandbox();
      expect((await run(sandbox, ['cat'], { stdin: 'grüße' })).stdout).toBe('grüße');
    });

    it('get the environment that was given and nothing else', async () => {
      const sandbox = await stand.sandbox({}, { env: { A: '1', B: '2' } });
      const { stdout } = await run(sandbox, ['bash', '-c', 'echo "$A $B $C"'], {
        env: { B: '3', C: '$(echo 4) "' },
      });
      expect(stdout).toBe('1 3 $(echo 4) "\n');
    });

    it('get what is in their environment as it is', async () => {
      const values = {
        LINES: '\n\na\n  b\n',
        BLANKS: ' \t a  ',
        QUOTES: `it's "$1" \`echo\` \\n \\`,
        WORDS: 'grüße 灁\u0101\u0147 \u{1f600}',
        LONG: 'x'.repeat(20_000),
        IFS: '.',
      };
      const source =
        'import json, os\nprint(json.dumps({name: os.environ[name] for name in os.environ["NAMES"].split()}))';
      const env = { ...values, NAMES: Object.keys(values).join(' ') };
      const outcome = await run(await stand.sandbox({ 'env.py': source }), ['python3', 'env.py'], { env });
      expect(outcome.stderr).toBe('');
      expect(JSON.parse(outcome.stdout)).toEqual(values);
    });

    it('of sandboxes that are asked for at once get a place each', async () => {
      const sandboxes = await Promise.all([1, 2, 3, 4].map(() => stand.sandbox()));
      await Promise.all(
        sandboxes.map((sandbox, index) => run(sandbox, ['bash', '-c', `echo ${index} > ${index}.txt`])),
      );
      const lists = await Promise.all(sandboxes.map((sandbox) => sandbox.list('/work/skill')));
      expect(lists.map((entries) => entries.map(({ path }) => path))).toEqual([
        ['0.txt'],
        ['1.txt'],
        ['2.txt'],
        ['3.txt'],
      ]);
    });

    it('get their arguments as they are', async () => {
      const sandbox = await stand.sandbox({ 'args.py': 'import json, sys\nprint(json.dumps(sys.argv[1:]))' });
      const args = ['', 'a b', '$HOME', "it's", '"', '*', ';ls', '-x'];
      expect(JSON.parse((await run(sandbox, ['python3', 'args.py', ...args])).stdout)).toEqual(args);
    });

    it('tell their exit code, and keep stdout and stderr apart', async () => {
      const outcome = await stand.bash('echo out; echo err >&2; exit 7');
      expect(outcome).toMatchObject({ exitCode: 7, signal: null, exceeded: null, aborted: false });
      expect([outcome.stdout, outcome.stderr]).toEqual(['out\n', 'err\n']);
    });

    it('may open their streams by path', async () => {
      const sandbox = await stand.sandbox();
      const script = 'cat /dev/stdin; echo out >/dev/stdout; echo err >/dev/stderr; exit 3';
      const outcome = await run(sandbox, ['bash', '-c', script], { stdin: 'in\n' });
      expect(outcome).toMatchObject({ exitCode: 3, stdout: 'in\nout\n', stderr: 'err\n' });
    });

    it('of Python import their siblings, print several lines, and end as Python ends', async () => {
      const sandbox = await stand.sandbox({
        'scripts/main.py': 'import sibling, sys\nprint(sibling.text)\nsys.exit("that was it")',
        'scripts/sibling.py': 'text = """one\ntwo"""',
      });
      const outcome = await run(sandbox, ['python3', 'scripts/main.py']);
      expect(outcome).toMatchObject({ exitCode: 1, stdout: 'one\ntwo\n', stderr: 'that was it\n' });
    });

    it('of Python may use asyncio', async () => {
      const source =
        'import asyncio\nasync def f(x):\n    await asyncio.sleep(0.01)\n    return x\n' +
        'async def main():\n    return sum(await asyncio.gather(f(1), f(2)))\nprint(asyncio.run(main()))';
      expect(await stand.python(source)).toMatchObject({ exitCode: 0, stdout: '3\n' });
    });

    it('show output of Python while they run', async () => {
      const sandbox = await stand.sandbox({
        'main.py': 'import time\nprint("early", flush=True)\ntime.sleep(1.5)',
      });
      const startedAt = Date.now();
      let firstAt = Infinity;
      await sandbox.exec(['python3', 'main.py'], {
        onOutput: () => void (firstAt = Math.min(firstAt, Date.now())),
      });
      expect(Date.now() - firstAt).toBeGreaterThan(1000);
      expect(firstAt).toBeGreaterThanOrEqual(startedAt);
    });

    it('wait for a slow reader and lose nothing', async () => {
      const sandbox = await stand.sandbox({ 'main.py': 'for i in range(3000): print(i)' });
      const chunks: Buffer[] = [];
      const slow = async (_: string, chunk: Buffer) => {
        await pause(5);
        chunks.push(chunk);
      };
      expect((await sandbox.exec(['python3', 'main.py'], { onOutput: slow })).exitCode).toBe(0);
      const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
      expect(lines).toEqual(Array.from({ length: 3000 }, (_, index) => String(index)));
    });

    it('that do not exist end with 127, and are known to be missing', async () => {
      const sandbox = await stand.sandbox();
      expect(await sandbox.has('no-such-program')).toBe(false);
      expect(await sandbox.has('python3')).toBe(true);
      expect(await run(sandbox, ['no-such-program'])).toMatchObject({ exitCode: 127 });
    });

    it('leave what they wrote for the next one', async () => {
      const sandbox = await stand.sandbox();
      await run(sandbox, ['bash', '-c', 'echo kept > note.txt']);
      expect((await run(sandbox, ['cat', 'note.txt'])).stdout).toBe('kept\n');
      expect(await readText(sandbox, '/work/skill/note.txt')).toBe('kept\n');
    });

    it('ignore a flood of standard input that they do not read', async () => {
      const sandbox = await stand.sandbox();
      expect(await run(sandbox, ['true'], { stdin: Buffer.alloc(8 * 2 ** 20, 'x') })).toMatchObject({
        exitCode: 0,
      });
    });

    it('of several sandboxes run at once without meeting', async () => {
      const outcomes = await Promise.all(
        [1, 2, 3].map((number) => stand.bash(`echo ${number} > mine; sleep 0.2; cat mine; ls | wc -l`)),
      );
      expect(outcomes.map(({ stdout }) => stdout.replace(/\s+/g, ' '))).toEqual(['1 2 ', '2 2 ', '3 2 ']);
    });
  });

  describe('ending a command', () => {
    const endless = 'while true; do :; done';

    it('by its signal kills it', async () => {
      const sandbox = await stand.sandbox();
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 300);
      const outcome = await run(sandbox, ['bash', '-c', endless], { signal: controller.signal });
      expect(outcome).toMatchObject({ exitCode: null, signal: 'SIGKILL', aborted: true, exceeded: null });
      expect(outcome.durationMs).toBeLessThan(5000);
    });

    it("by the sandbox's signal kills it", async () => {
      const controller = new AbortController();
      const sandbox = await stand.sandbox({}, { signal: controller.signal });
      setTimeout(() => controller.abort(), 300);
      expect(await run(sandbox, ['bash', '-c', endless])).toMatchObject({ aborted: true });
    });

    it('before it began starts nothing', async () => {
      const sandbox = await stand.sandbox();
      const outcome = await run(sandbox, ['bash', '-c', 'echo hello'], { signal: AbortSignal.abort() });
      expect(outcome).toMatchObject({ aborted: true, exitCode: null, stdout: '' });
    });

    it('by disposing of its sandbox kills it, and may be done twice', async () => {
      const sandbox = await stand.sandbox();
      const ended = run(sandbox, ['bash', '-c', endless]).catch((error: Error) => error);
      await pause(300);
      await sandbox.dispose();
      await sandbox.dispose();
      await ended;
      await expect(sandbox.exec(['true'])).rejects.toThrow();
    });

    it('leaves nothing that writes on', async () => {
      const sandbox = await stand.sandbox();
      const daemon =
        'setsid bash -c "sleep 1; echo late > /work/output/late" > /dev/null 2>&1 &\necho started';
      await run(sandbox, ['bash', '-c', daemon]);
      const then = await sandbox.list('/work/output');
      await pause(1500);
      expect(await sandbox.list('/work/output')).toEqual(then);
    });
  });
}
