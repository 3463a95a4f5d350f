import type { EventBus, Hint } from './event-bus';

/** Makes a bus, and answers a second handle on it as another server would hold it (the same one, in this process). */
export type CreateEventBus = (options: {
  onError: (error: unknown) => void;
}) => Promise<{ bus: EventBus; other: EventBus }>;

/** Resolves when `condition` holds; rejects after two seconds. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What every event bus promises. Hints may repeat and change order, so the suite asks only that they come. */
export function describeEventBus(name: string, create: CreateEventBus): void {
  describe(`event bus: ${name}`, () => {
    const failures: unknown[] = [];
    let bus: EventBus;
    let other: EventBus;

    beforeEach(async () => {
      failures.length = 0;
      ({ bus, other } = await create({ onError: (error) => failures.push(error) }));
    });

    afterEach(async () => {
      await bus.close();
      await other.close();
    });

    it('carries a hint to every subscriber of its topic, on every server', async () => {
      const here: Hint[] = [];
      const there: Hint[] = [];
      bus.subscribe('run-1', (hint) => here.push(hint));
      other.subscribe('run-1', (hint) => there.push(hint));
      bus.publish({ topic: 'run-1', seq: 3 });
      await until(() => here.length > 0 && there.length > 0);
      expect(here[0]).toEqual({ topic: 'run-1', seq: 3 });
      expect(there[0]).toEqual({ topic: 'run-1', seq: 3 });
    });

    it('keeps topics apart', async () => {
      const seen: Hint[] = [];
      bus.subscribe('run-1', (hint) => seen.push(hint));
      bus.publish({ topic: 'run-2' });
      bus.publish({ topic: 'run-1' });
      await until(() => seen.length > 0);
      expect(seen).toEqual([{ topic: 'run-1' }]);
    });

    it('carries nothing to a subscription that has ended', async () => {
      const ended: Hint[] = [];
      const living: Hint[] = [];
      const end = bus.subscribe('run-1', (hint) => ended.push(hint));
      bus.subscribe('run-1', (hint) => living.push(hint));
      end();
      end();
      bus.publish({ topic: 'run-1' });
      await until(() => living.length > 0);
      expect(ended).toEqual([]);
    });

    it('lets no listener that throws keep others from hearing', async () => {
      const seen: Hint[] = [];
      bus.subscribe('run-1', () => {
        throw new Error('broken');
      });
      bus.subscribe('run-1', (hint) => seen.push(hint));
      bus.publish({ topic: 'run-1' });
      await until(() => seen.length > 0);
      expect(failures).toEqual([expect.objectContaining({ message: 'broken' })]);
    });

    it('carries nothing after it was closed', async () => {
      const seen: Hint[] = [];
      bus.subscribe('run-1', (hint) => seen.push(hint));
      await bus.close();
      bus.publish({ topic: 'run-1' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toEqual([]);
    });
  });
}
