import type { RunQueue } from './run-queue';

/** How the suite makes a queue: with this many workers, and with this listener for what `work` throws. */
export type CreateRunQueue = (options: {
  concurrency: number;
  onError: (error: unknown, runId: string) => void;
}) => RunQueue | Promise<RunQueue>;

/** Resolves when `condition` holds; rejects after two seconds. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A promise with its handle. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every run queue promises, whatever carries the offers. */
export function describeRunQueue(name: string, create: CreateRunQueue): void {
  describe(`run queue: ${name}`, () => {
    const failures: unknown[] = [];
    let queue: RunQueue;

    async function createQueue(concurrency: number): Promise<RunQueue> {
      failures.length = 0;
      queue = await create({ concurrency, onError: (error) => failures.push(error) });
      return queue;
    }

    afterEach(async () => {
      await queue.stop();
    });

    it('works on what was offered before and after the start', async () => {
      const seen: string[] = [];
      await createQueue(2);
      queue.offer('before');
      queue.start(async (runId) => {
        seen.push(runId);
      });
      queue.offer('after');
      await until(() => seen.length === 2);
      expect(seen.sort()).toEqual(['after', 'before']);
    });

    it('does no work before it is started', async () => {
      await createQueue(1);
      const seen: string[] = [];
      queue.offer('early');
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toEqual([]);
      queue.start(async (runId) => {
        seen.push(runId);
      });
      await until(() => seen.length === 1);
    });

    it('never works on more than its concurrency at once', async () => {
      await createQueue(3);
      let current = 0;
      let most = 0;
      let done = 0;
      queue.start(async () => {
        current += 1;
        most = Math.max(most, current);
        await new Promise((resolve) => setTimeout(resolve, 5));
        current -= 1;
        done += 1;
      });
      for (let index = 0; index < 20; index += 1) queue.offer(`run-${index}`);
      await until(() => done === 20);
      expect(most).toBe(3);
    });

    it('goes on after work that throws, and reports what was thrown', async () => {
      await createQueue(1);
      const seen: string[] = [];
      queue.start(async (runId) => {
        seen.push(runId);
        if (runId === 'bad') throw new Error('broken');
      });
      queue.offer('bad');
      queue.offer('good');
      await until(() => seen.length === 2);
      expect(failures).toEqual([expect.objectContaining({ message: 'broken' })]);
    });

    it('takes no new work after stop, which waits for what runs', async () => {
      await createQueue(1);
      const { opened, open } = gate();
      const seen: string[] = [];
      queue.start(async (runId) => {
        seen.push(runId);
        await opened;
      });
      queue.offer('running');
      await until(() => seen.length === 1);
      queue.offer('waiting');
      let stopped = false;
      const stopping = queue.stop().then(() => {
        stopped = true;
      });
      queue.offer('late');
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(stopped).toBe(false);
      open();
      await stopping;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toEqual(['running']);
    });
  });
}
