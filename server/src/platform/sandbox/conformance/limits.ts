import { pause, run, type Stand, type Subject } from './stand';
import { memoryHog } from './memory-hog';

/** Scripts that try to use more than they may. */
export function describeLimits(stand: Stand, subject: () => Subject): void {
  describe('limits', () => {
    it.each([
      ['python3', 'while True: pass'],
      ['python3', 'import time\ntime.sleep(600)'],
      ['bash', 'while true; do :; done'],
      ['bash', 'sleep 600'],
    ])('of time end %s in %j', async (program, source) => {
      const sandbox = await stand.sandbox({ script: source }, { limits: { timeMs: 2000 } });
      const outcome = await run(sandbox, [program, 'script']);
      expect(outcome).toMatchObject({ exceeded: 'time', exitCode: null, signal: 'SIGKILL' });
      expect(outcome.durationMs).toBeLessThan(8000);
    });

    it('of time end a script that ignores signals to end', async () => {
      const source = 'trap "" TERM INT HUP; while true; do :; done';
      expect(await stand.bash(source, { limits: { timeMs: 1000 } })).toMatchObject({ exceeded: 'time' });
    });

    it('of memory end a hog', async () => {
      const outcome = await stand.python(memoryHog, { limits: { memoryBytes: 128 * 2 ** 20 } });
      expect(outcome).toMatchObject({ exceeded: 'memory', exitCode: null });
    });

    it('of disk end a script that fills it with files', async () => {
      const source =
        'block = b"x" * (1 << 20)\nn = 0\nwhile True:\n' +
        '    n += 1\n    with open("/work/output/%d" % n, "wb") as file: file.write(block)';
      const outcome = await stand.python(source, { limits: { diskBytes: 16 * 2 ** 20 } });
      expect(outcome).toMatchObject({ exceeded: 'disk', exitCode: null });
    });

    it('of disk end a script that fills a folder which it has shut', async () => {
      const source =
        'import os\nos.mkdir("shut")\nos.chmod("shut", 0o300)\nblock = b"x" * (1 << 20)\nn = 0\nwhile True:\n' +
        '    n += 1\n    with open("shut/%d" % n, "wb") as file: file.write(block)';
      const outcome = await stand.python(source, { limits: { diskBytes: 16 * 2 ** 20 } });
      expect(outcome).toMatchObject({ exceeded: 'disk', exitCode: null });
    });

    it('of disk leave room up to the limit', async () => {
      const source = 'for n in range(6):\n    open("/work/output/%d" % n, "wb").write(b"x" * (1 << 20))';
      expect(await stand.python(source, { limits: { diskBytes: 8 * 2 ** 20 } })).toMatchObject({
        exitCode: 0,
        exceeded: null,
      });
    });

    it.each([
      ['python3', 'while True: print("x" * 1000)'],
      ['bash', 'while true; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done'],
    ])('of output end %s, and cut exactly there', async (program, source) => {
      const sandbox = await stand.sandbox({ script: source }, { limits: { outputBytes: 50_000 } });
      const outcome = await run(sandbox, [program, 'script']);
      expect(outcome).toMatchObject({ exceeded: 'output', exitCode: null });
      expect(outcome.stdout.length + outcome.stderr.length).toBe(50_000);
    });

    it('of processes end a script that forks without end', async () => {
      const source = 'import os\nwhile True:\n    try: os.fork()\n    except OSError: pass';
      const outcome = await stand.python(source, { limits: { timeMs: 6000 } });
      expect(outcome).toMatchObject({
        exceeded: subject().hasProcesses ? 'processes' : 'time',
        exitCode: null,
      });
    });

    it('end a fork bomb of the shell, one way or another', async () => {
      const outcome = await stand.bash('bomb() { bomb | bomb & }\nbomb\nsleep 20', {
        limits: { timeMs: 4000 },
      });
      expect(outcome.exceeded ?? `exit ${outcome.exitCode}`).toMatch(/^(time|processes|memory|exit [1-9])/);
      expect(outcome.durationMs).toBeLessThan(8000);
    });

    it('do not stop other sandboxes, nor the server', async () => {
      const quiet = await stand.sandbox();
      const noisy = stand.bash('while true; do :; done', { limits: { timeMs: 3000 } });
      let stall = 0;
      let last = Date.now();
      const clock = setInterval(() => {
        stall = Math.max(stall, Date.now() - last);
        last = Date.now();
      }, 10);
      expect(await run(quiet, ['bash', '-c', 'echo still here'])).toMatchObject({ exitCode: 0 });
      await pause(1000);
      clearInterval(clock);
      expect(await noisy).toMatchObject({ exceeded: 'time' });
      expect(stall).toBeLessThan(1000);
    });
  });
}
