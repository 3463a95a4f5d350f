import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { EventWriter, type PendingEvent } from './event-writer';
import { MAX_DELTA_CHARACTERS } from './text-deltas';

const line = (message: string): RunEventPayload => ({ type: 'log-line', level: 'info', message });
const out = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'stdout', text });
const err = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'stderr', text });

/** A writer over a store in memory whose appends can be held back, or made to fail. */
function setUp() {
  const groups: RunEventPayload[][] = [];
  const failures: unknown[] = [];
  const stored: number[] = [];
  let hold: Promise<void> = Promise.resolve();
  let failWith: Error | undefined;
  const writer = new EventWriter({
    async append(events: readonly PendingEvent[]) {
      await hold;
      if (failWith) throw failWith;
      groups.push(events.map(({ payload }) => payload));
      return groups.flat().length;
    },
    onStored: (seq) => stored.push(seq),
    onFailure: (error) => failures.push(error),
  });
  return {
    writer,
    groups,
    failures,
    stored,
    fail: (error: Error) => (failWith = error),
    holdBack() {
      let release = (): void => undefined;
      hold = new Promise((resolve) => (release = resolve));
      return () => release();
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the event writer', () => {
  it('has stored an event that is no text, and all text before it, when its emit resolves', async () => {
    const { writer, groups, stored } = setUp();
    await writer.emit(out('a'));
    await writer.emit(line('b'));
    expect(groups).toEqual([[out('a'), line('b')]]);
    expect(stored).toEqual([2]);
  });

  it('stores what is only told within 25 ms, together, and before what is emitted after it', async () => {
    const { writer, groups } = setUp();
    writer.tell(line('a'));
    await writer.emit(out('b'));
    writer.tell(line('c'));
    expect(groups).toEqual([]);
    await pause(60);
    expect(groups).toEqual([[line('a'), out('b'), line('c')]]);
    writer.tell(line('d'));
    await writer.emit(line('e'));
    expect(groups.at(-1)).toEqual([line('d'), line('e')]);
    writer.tell(line('f'));
    await writer.settle();
    expect(groups.at(-1)).toEqual([line('f')]);
    writer.tell(line('g'));
    expect((await writer.close()).map(({ payload }) => payload)).toEqual([line('g')]);
  });

  it('groups text that comes within 25 ms, and joins neighbours of one stream', async () => {
    const { writer, groups } = setUp();
    for (const text of ['a', 'b']) await writer.emit(out(text));
    await writer.emit(err('c'));
    await writer.emit(out('d'));
    expect(groups).toEqual([]);
    await pause(60);
    expect(groups).toEqual([[out('ab'), err('c'), out('d')]]);
  });

  it('stores the first text after a silence at once, and groups what follows on its heels', async () => {
    const { writer, groups } = setUp();
    await writer.emit(out('a'));
    await pause(5);
    expect(groups).toEqual([[out('a')]]);
    await writer.emit(out('b'));
    await writer.emit(out('c'));
    await pause(60);
    expect(groups).toEqual([[out('a')], [out('bc')]]);
  });

  it('never lets a joined delta grow beyond its bound', async () => {
    const { writer } = setUp();
    await writer.emit(out('x'.repeat(MAX_DELTA_CHARACTERS - 1)));
    await writer.emit(out('yz'));
    await writer.emit(out('w'.repeat(2 * MAX_DELTA_CHARACTERS)));
    const events = await writer.close();
    const texts = events.map(({ payload }) => (payload.type === 'text-delta' ? payload.text : ''));
    expect(texts.every((text) => text.length <= MAX_DELTA_CHARACTERS)).toBe(true);
    expect(texts.join('')).toBe(
      `${'x'.repeat(MAX_DELTA_CHARACTERS - 1)}yz${'w'.repeat(2 * MAX_DELTA_CHARACTERS)}`,
    );
  });

  it('makes a writer of text wait while too much is pending', async () => {
    const { writer, groups, holdBack } = setUp();
    const release = holdBack();
    let accepted = false;
    const emitting = writer.emit(out('x'.repeat(1024 * 1024))).then(() => {
      accepted = true;
    });
    await pause(40);
    expect(accepted).toBe(false);
    release();
    await emitting;
    await writer.emit(line('end'));
    const length = groups
      .flat()
      .reduce((sum, event) => sum + (event.type === 'text-delta' ? event.text.length : 0), 0);
    expect(length).toBe(1024 * 1024);
    expect(groups.length).toBeGreaterThan(1);
  });

  it('keeps the order of emits that nobody awaited', async () => {
    const { writer, groups } = setUp();
    await Promise.all([1, 2, 3, 4, 5].map((n) => writer.emit(line(String(n)))));
    expect(groups.flat()).toEqual([1, 2, 3, 4, 5].map((n) => line(String(n))));
  });

  it('hands over what is not stored when it is closed, and takes nothing after', async () => {
    const { writer, groups } = setUp();
    await writer.emit(out('late'));
    expect((await writer.close()).map(({ payload }) => payload)).toEqual([out('late')]);
    await pause(40);
    expect(groups).toEqual([]);
    await expect(writer.emit(line('more'))).rejects.toThrow('has ended');
  });

  it('rejects everything after a group that could not be stored, and says so once', async () => {
    const { writer, groups, failures, fail } = setUp();
    const outage = new Error('the database is gone');
    fail(outage);
    await expect(writer.emit(line('a'))).rejects.toBe(outage);
    await expect(writer.emit(out('b'))).rejects.toBe(outage);
    expect(failures).toEqual([outage]);
    expect(groups).toEqual([]);
    expect(await writer.close()).toEqual([]);
  });
});
