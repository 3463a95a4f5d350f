import type { Sandbox, SandboxTerminal } from '../sandbox';
import { pause, type Stand, type Subject } from './stand';

const patienceMs = 20_000;

/** A terminal, and all that it has shown so far. */
export interface Screen {
  terminal: SandboxTerminal;
  readonly text: string;
  /** Types a line. */
  enter(line: string): Promise<void>;
  /** Resolves when what was shown since `from` (an index into `text`) matches. */
  until(pattern: RegExp, from?: number): Promise<string>;
}

export async function openScreen(sandbox: Sandbox, size = { columns: 80, rows: 24 }): Promise<Screen> {
  const chunks: Buffer[] = [];
  const textOf = () => Buffer.concat(chunks).toString();
  let noticed: (() => void) | undefined;
  const terminal = await sandbox.openTerminal({
    ...size,
    onOutput(chunk) {
      chunks.push(chunk);
      noticed?.();
    },
  });
  const ended = terminal.ended.then(() => noticed?.());
  return {
    terminal,
    get text() {
      return textOf();
    },
    enter: (line) => terminal.write(`${line}\r`),
    async until(pattern, from = 0) {
      const deadline = Date.now() + patienceMs;
      while (!pattern.test(textOf().slice(from))) {
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`${pattern} was not shown; this was: ${JSON.stringify(textOf())}`);
        await Promise.race([
          new Promise<void>((resolve) => (noticed = resolve)),
          ended.then(() => new Promise((resolve) => setTimeout(resolve, 50))),
          new Promise((resolve) => setTimeout(resolve, Math.min(left, 500)).unref()),
        ]);
      }
      return textOf().slice(from);
    },
  };
}

/** Rejects where the work takes longer, so that what hangs is told by the line that waits for it. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It takes longer than ${ms} ms.`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What a person types into; the words to look for are put together by the shell, so that the echo of a line is not taken for them. */
export function describeTerminals(stand: Stand, subject: () => Subject): void {
  describe('terminals', () => {
    it('show a prompt, echo what is typed, and run it', async () => {
      const screen = await openScreen(await stand.sandbox({ 'here.txt': 'x' }));
      await screen.until(/\$ $/);
      await screen.enter('ls; echo out"put"');
      expect(await screen.until(/output\r\n/)).toContain('here.txt');
      expect(screen.text).toContain('echo out"put"');
    });

    it('keep the folder and exported variables from line to line', async () => {
      const screen = await openScreen(await stand.sandbox());
      await screen.enter('mkdir -p made && cd made');
      await screen.enter('export NAME="a b"');
      await screen.enter('echo "$PWD:$NAME:"');
      await screen.until(/\/work\/skill\/made:a b:/);
    });

    it('have the environment of the sandbox, and say what they understand', async () => {
      const screen = await openScreen(await stand.sandbox({}, { env: { GREETING: 'hel"lo' } }));
      await screen.enter('echo "<$GREETING|$TERM>"');
      await screen.until(/<hel"lo\|xterm-256color>/);
    });

    it('pass text of all languages through', async () => {
      const screen = await openScreen(await stand.sandbox());
      const bytes = Buffer.from('echo "wörld 日本 👋" | tr w W\r');
      // A key's bytes may come in pieces.
      await screen.terminal.write(bytes.subarray(0, 8));
      await screen.terminal.write(bytes.subarray(8));
      await screen.until(/Wörld 日本 👋/);
    });

    it('stop what runs at Ctrl-C, and go on', async () => {
      const screen = await openScreen(await stand.sandbox());
      await screen.enter('echo be"gun"; while true; do sleep 0.1; done');
      await screen.until(subject().hasProcesses ? /begun\r\n/ : /; done\r\n/);
      // A shell that is between two programs may miss a key, as any does: a person presses it again.
      for (let attempt = 0; attempt < 50 && !/alive\r\n/.test(screen.text); attempt += 1) {
        await screen.terminal.write('\x03');
        await screen.enter('echo al"ive"');
        await pause(200);
      }
      expect(screen.text).toMatch(/alive\r\n/);
    });

    it('end at Ctrl-D, and at exit with its code', async () => {
      const first = await openScreen(await stand.sandbox());
      await first.until(/\$ $/);
      await first.terminal.write('\x04');
      expect(await first.terminal.ended).toEqual({ exitCode: 0, exceeded: null });
      const second = await openScreen(await stand.sandbox());
      await second.enter('exit 3');
      expect(await second.terminal.ended).toEqual({ exitCode: 3, exceeded: null });
    });

    it('leave what they wrote to the sandbox', async () => {
      const sandbox = await stand.sandbox();
      const screen = await openScreen(sandbox);
      await screen.enter('echo made > /work/output/by-hand.txt; echo do"ne"');
      await screen.until(/done\r\n/);
      expect(await sandbox.list('/work/output')).toEqual([
        expect.objectContaining({ path: 'by-hand.txt', size: 5 }),
      ]);
    });

    it('wait for who reads slowly, and lose nothing', async () => {
      const sandbox = await stand.sandbox();
      let shown = '';
      const terminal = await sandbox.openTerminal({
        columns: 200,
        rows: 24,
        async onOutput(chunk) {
          await new Promise((resolve) => setTimeout(resolve, 2));
          shown += chunk.toString();
        },
      });
      await terminal.write('echo; seq 1 20000; exit\r');
      await terminal.ended;
      const numbers = shown.split(/\r?\n/).filter((line) => /^\d+$/.test(line));
      expect(numbers).toEqual(Array.from({ length: 20_000 }, (_, index) => String(index + 1)));
    });

    it('are closed with all that they started, twice too', async () => {
      const sandbox = await stand.sandbox();
      const screen = await openScreen(sandbox);
      await screen.enter('echo be"gun"; sleep 1000');
      await screen.until(/begun\r\n|sleep 1000\r\n/);
      await Promise.all([screen.terminal.close(), screen.terminal.close()]);
      expect(await screen.terminal.ended).toEqual({ exitCode: null, exceeded: null });
      await screen.terminal.write('echo too late\r');
      screen.terminal.resize({ columns: 10, rows: 10 });
    });

    it('are closed, and their sandbox is disposed of, when who reads takes nothing any more', async () => {
      const sandbox = await stand.sandbox();
      let stuck: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (stuck = resolve));
      const terminal = await sandbox.openTerminal({
        columns: 80,
        rows: 24,
        onOutput() {
          stuck();
          return new Promise(() => undefined);
        },
      });
      void terminal.write('seq 1 1000; sleep 1000\r');
      await begun;
      await within(10_000, terminal.close());
      expect(await terminal.ended).toEqual({ exitCode: null, exceeded: null });
      await within(10_000, sandbox.dispose());
    });

    it('are closed too when who reads got stuck at what a shell that has ended left to show', async () => {
      const sandbox = await stand.sandbox();
      const terminal = await sandbox.openTerminal({
        columns: 80,
        rows: 24,
        onOutput: () => new Promise(() => undefined),
      });
      void terminal.write('exit\r');
      await pause(1_000);
      await within(10_000, terminal.close());
      await within(10_000, terminal.ended);
    });

    it('take another size at every moment of their end', async () => {
      for (let round = 0; round < 5; round += 1) {
        const screen = await openScreen(await stand.sandbox());
        await screen.until(/\$ $/);
        await screen.enter('exit');
        let over = false;
        const ended = screen.terminal.ended.finally(() => (over = true));
        for (let columns = 20; !over; columns = columns === 200 ? 20 : columns + 1) {
          screen.terminal.resize({ columns, rows: 24 });
          await new Promise(setImmediate);
        }
        expect(await ended).toEqual({ exitCode: 0, exceeded: null });
      }
    });

    it("leave no shell behind when the sandbox's signal is given while they are being made", async () => {
      for (let afterMs = 0; afterMs < 12; afterMs += 1) {
        const giveUp = new AbortController();
        const sandbox = await stand.sandbox({}, { signal: giveUp.signal });
        const opening = sandbox.openTerminal({ columns: 80, rows: 24, onOutput() {} });
        setTimeout(() => giveUp.abort(), afterMs);
        const terminal = await opening.catch(() => undefined);
        if (terminal) expect(await within(5_000, terminal.ended)).toEqual({ exitCode: null, exceeded: null });
      }
    });

    it('end with their sandbox, and open in none that is gone', async () => {
      const sandbox = await stand.sandbox();
      const screen = await openScreen(sandbox);
      await screen.until(/\$ $/);
      await sandbox.dispose();
      expect(await screen.terminal.ended).toEqual({ exitCode: null, exceeded: null });
      await expect(sandbox.openTerminal({ columns: 80, rows: 24, onOutput() {} })).rejects.toThrow();
    });

    it.each([
      { columns: 0, rows: 24 },
      { columns: 80, rows: 100_000 },
      { columns: 1.5, rows: 24 },
      { columns: Number.NaN, rows: 24 },
    ])('refuse to be of an impossible size: %j', async (size) => {
      const sandbox = await stand.sandbox();
      await expect(sandbox.openTerminal({ ...size, onOutput() {} })).rejects.toThrow(RangeError);
      const screen = await openScreen(sandbox);
      expect(() => screen.terminal.resize(size)).toThrow(RangeError);
    });

    it('know their size, and are told of another', async () => {
      const screen = await openScreen(await stand.sandbox(), { columns: 91, rows: 33 });
      await screen.until(/\$ $/);
      const size = subject().hasProcesses ? 'stty size' : 'echo $LINES $COLUMNS';
      await screen.enter(size);
      await screen.until(/33 91\r\n/);
      screen.terminal.resize({ columns: 120, rows: 40 });
      await screen.enter(size);
      await screen.until(/40 120\r\n/);
    });

    it('are ended by the disk limit, which is named', async () => {
      const screen = await openScreen(await stand.sandbox({}, { limits: { diskBytes: 2 ** 20 } }));
      await screen.enter(
        'for n in 1 2 3 4 5 6 7 8 9; do seq 1 50000 > /work/output/$n; done; while true; do sleep 0.1; done',
      );
      expect(await screen.terminal.ended).toEqual({ exitCode: null, exceeded: 'disk' });
    });

    describeTerminalEscapes(stand, subject);
  });
}

function describeTerminalEscapes(stand: Stand, subject: () => Subject): void {
  beforeAll(() => {
    process.env.SKILLS_TERMINAL_SECRET = 'the-secret';
  });
  afterAll(() => {
    delete process.env.SKILLS_TERMINAL_SECRET;
  });

  it("see nothing of the server's environment and processes", async () => {
    const screen = await openScreen(await stand.sandbox());
    await screen.enter(
      `env; cat /proc/*/environ /proc/*/cmdline 2> /dev/null | tr "\\0" "\\n"; cat ${__filename}; [ -e /proc/${process.pid}/fd ] || echo no"thing"; echo do"ne"`,
    );
    const shown = (await screen.until(/done\r\n/)).split('\n');
    expect(shown.filter((line) => line.includes('the-secret'))).toEqual([]);
    // The line itself is echoed, and the program that finds no such file names it.
    const told = shown.filter((line) => line.includes(process.cwd()) && !line.includes('cat'));
    expect(told).toEqual([]);
    if (subject().hasProcesses) expect(shown).toContain('nothing\r');
  });

  it('do not show in each other', async () => {
    if (!subject().hasProcesses) return;
    const first = await openScreen(await stand.sandbox());
    const second = await openScreen(await stand.sandbox());
    const third = await stand.sandbox();
    await second.until(/\$ $/);
    const commands = 'ls -l /proc/*/fd 2> /dev/null | grep -c ptmx; ls /dev/pts | grep -vc ptmx';
    // The terminal's other end is the server's alone, whoever was started while it was open.
    await second.enter(`${commands}; echo do"ne"`);
    expect(await second.until(/done\r\n/)).toMatch(/0\r\n0\r\ndone/);
    const printed: Buffer[] = [];
    await third.exec(['bash', '-c', commands], { onOutput: (_, chunk) => void printed.push(chunk) });
    expect(Buffer.concat(printed).toString()).toBe('0\n0\n');
    await first.terminal.close();
  });

  it('cannot put words into a terminal that is not theirs', async () => {
    if (!subject().hasProcesses) return;
    const screen = await openScreen(await stand.sandbox({ 'push.py': pushes }));
    await screen.until(/\$ $/);
    await screen.enter('python3 push.py; ps -o tty= 2> /dev/null; tty; echo do"ne"');
    const shown = await screen.until(/done\r\n/);
    expect(shown).toMatch(/\/dev\/console/);
    expect(shown).toContain('pushed to 0 foreign');
  });
}

/** Tries every file that could be a terminal but its own, with TIOCSTI. */
const pushes = `import fcntl, glob, os
pushed = 0
# 5:0 is the terminal of whoever opens it.
own = {os.stat("/dev/console").st_rdev, os.fstat(0).st_rdev, os.makedev(5, 0)}
for path in glob.glob("/dev/tty*") + glob.glob("/dev/pts/*") + glob.glob("/proc/*/fd/*"):
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        if os.fstat(descriptor).st_rdev in own or not os.isatty(descriptor):
            continue
        fcntl.ioctl(descriptor, 0x5412, b"x")
        if path.endswith("ptmx"):
            continue
        pushed += 1
    except OSError:
        pass
print("pushed to", pushed, "foreign")
`;
