import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { RequestError } from '../../../../http/api-failure';
import { isAtEnd, isAtStart } from './event-window';
import { RunEventSource, type EventPort, type EventsShown } from './run-event-source';

const limits = { kept: 40, slack: 10 };
const pageSize = 10;

const eventOf = (seq: number): RunEvent => ({
  runId: 'r',
  seq,
  at: '2026-01-01T00:00:00.000Z',
  payload: { type: 'log-line', level: 'info', message: String(seq) },
});
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => eventOf(from + index));

/** A server with a run of `stored` events; it answers when the test says so, or at once. */
function fakeServer(stored: number, ended = false) {
  let held: (() => void)[] | undefined;
  let tell: ((events: RunEvent[]) => void) | undefined;
  let finish = () => undefined as void;
  let fail: Error | undefined;
  const port: EventPort = {
    async page(query, signal) {
      const last = stored;
      const events =
        'after' in query
          ? range(query.after + 1, Math.min(last, query.after + pageSize))
          : range(
              Math.max(1, (query.before === 'end' ? last + 1 : query.before) - pageSize),
              query.before === 'end' ? last : query.before - 1,
            );
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      if (fail) throw fail;
      signal.throwIfAborted();
      return { events, lastSeq: last, ended: ended && events.at(-1)?.seq === last };
    },
    follow(after, { onEvents }) {
      tell = (events) => onEvents(events.filter(({ seq }) => seq > after));
      return new Promise((resolve) => {
        finish = () => resolve();
      });
    },
  };
  return {
    port,
    /** The run goes on. */
    write(count: number) {
      stored += count;
      tell?.(range(stored - count + 1, stored));
    },
    finish: () => finish(),
    hold: () => (held = []),
    release() {
      const waiting = held ?? [];
      held = undefined;
      waiting.forEach((resolve) => resolve());
    },
    failWith: (error: Error | undefined) => (fail = error),
    get stored() {
      return stored;
    },
  };
}

/** Looks again and again until what is expected is so. */
async function eventually(expectation: () => void) {
  for (let tries = 0; ; tries += 1) {
    try {
      return expectation();
    } catch (error) {
      if (tries === 100) throw error;
      await settled();
    }
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function openedOn(server: ReturnType<typeof fakeServer>) {
  const seen: EventsShown[] = [];
  const fresh: number[] = [];
  const source = new RunEventSource({
    port: server.port,
    limits,
    delay: () => 0,
    onChange: (shown) => seen.push(shown),
    onFresh: (events) => fresh.push(...events.map(({ seq }) => seq)),
  });
  const opened = source.open();
  await settled();
  return {
    source,
    opened,
    fresh,
    get shown() {
      return seen.at(-1)!;
    },
    get seqs() {
      return seen.at(-1)!.window.events.map(({ seq }) => seq);
    },
    assertWhole() {
      for (const { window } of seen) {
        window.events.forEach(({ seq }, index) => expect(seq).toBe(window.events[0]!.seq + index));
        expect(window.events.length).toBeLessThanOrEqual(limits.kept + limits.slack);
      }
    },
  };
}

describe('a reader of a run’s events', () => {
  it('opens a long run at its newest page alone', async () => {
    const reader = await openedOn(fakeServer(100_000, true));
    expect(reader.seqs).toEqual(range(99_991, 100_000).map(({ seq }) => seq));
    expect(reader.shown.state).toBe('ended');
    await reader.opened;
  });

  it('opens a run that has not begun, and follows it from its first event', async () => {
    const server = fakeServer(0);
    const reader = await openedOn(server);
    expect([reader.seqs, reader.shown.state]).toEqual([[], 'following']);
    server.write(3);
    expect(reader.seqs).toEqual([1, 2, 3]);
    server.finish();
    await reader.opened;
    expect(reader.shown.state).toBe('ended');
    expect(reader.fresh).toEqual([1, 2, 3]);
  });

  it('goes back to the first event page by page, and forgets what it left far behind', async () => {
    const reader = await openedOn(fakeServer(200, true));
    while (!isAtStart(reader.shown.window)) await reader.source.readEarlier();
    expect(reader.seqs[0]).toBe(1);
    expect(isAtEnd(reader.shown.window)).toBe(false);
    while (!isAtEnd(reader.shown.window)) await reader.source.readLater();
    expect(reader.seqs.at(-1)).toBe(200);
    reader.assertWhole();
  });

  it('keeps what is looked at while the run goes on, and catches up without a gap', async () => {
    const server = fakeServer(100);
    const reader = await openedOn(server);
    reader.source.setFollowing(false);
    await reader.source.readEarlier();
    const looked = reader.seqs[0];
    for (let round = 0; round < 20; round += 1) server.write(7);
    expect(reader.seqs[0]).toBe(looked);
    expect(isAtEnd(reader.shown.window)).toBe(false);
    while (!isAtEnd(reader.shown.window)) await reader.source.readLater();
    expect(reader.seqs.at(-1)).toBe(server.stored);
    reader.source.setFollowing(true);
    server.write(1);
    expect(reader.seqs.at(-1)).toBe(server.stored);
    reader.assertWhole();
  });

  it('lets go of the oldest while it follows', async () => {
    const server = fakeServer(5);
    const reader = await openedOn(server);
    for (let round = 0; round < 50; round += 1) server.write(3);
    expect(reader.seqs.at(-1)).toBe(155);
    expect(reader.seqs.length).toBeLessThanOrEqual(limits.kept + limits.slack);
    reader.assertWhole();
  });

  it('jumps to the start and back to the end, where it goes on following', async () => {
    const server = fakeServer(500);
    const reader = await openedOn(server);
    await reader.source.jumpToStart();
    expect(reader.seqs).toEqual(range(1, 10).map(({ seq }) => seq));
    server.write(5);
    expect(reader.seqs.at(-1)).toBe(10);
    await reader.source.jumpToEnd();
    expect(reader.seqs.at(-1)).toBe(505);
    server.write(2);
    expect(reader.seqs.at(-1)).toBe(507);
    reader.assertWhole();
  });

  it('misses nothing that comes while it jumps to the end', async () => {
    const server = fakeServer(500);
    const reader = await openedOn(server);
    await reader.source.jumpToStart();
    server.hold();
    const jumped = reader.source.jumpToEnd();
    await settled();
    server.write(25);
    server.release();
    await jumped;
    expect(isAtEnd(reader.shown.window)).toBe(true);
    expect(reader.seqs.at(-1)).toBe(525);
    reader.assertWhole();
  });

  it('drops the answer to a page that a jump has overtaken', async () => {
    const server = fakeServer(500);
    const reader = await openedOn(server);
    server.hold();
    const earlier = reader.source.readEarlier();
    const jumped = reader.source.jumpToStart();
    await settled();
    server.release();
    await Promise.all([earlier, jumped]);
    expect(reader.seqs).toEqual(range(1, 10).map(({ seq }) => seq));
    expect(reader.shown.reading).toBeUndefined();
  });

  it('says why a page could not be read, and reads it when it is asked again', async () => {
    const server = fakeServer(50);
    const reader = await openedOn(server);
    server.failWith(new Error('no'));
    await reader.source.readEarlier();
    expect(reader.shown).toMatchObject({ state: 'following', error: { message: 'no' }, reading: undefined });
    server.failWith(undefined);
    await reader.source.readEarlier();
    expect(reader.shown.error).toBeUndefined();
    expect(reader.seqs[0]).toBe(31);
  });

  it('fails when the run cannot be opened', async () => {
    const server = fakeServer(50);
    server.failWith(new RequestError({ name: 'NotFoundError', message: 'gone', status: 404 }));
    const reader = await openedOn(server);
    expect(reader.shown).toMatchObject({ state: 'failed', error: { message: 'gone' } });
  });

  it('opens the run when the connection is back', async () => {
    const server = fakeServer(50);
    server.failWith(new TypeError('network'));
    const reader = await openedOn(server);
    await eventually(() => expect(reader.shown.state).toBe('reconnecting'));
    server.failWith(undefined);
    await eventually(() => expect(reader.shown.state).toBe('following'));
    expect(reader.seqs.at(-1)).toBe(50);
    expect(reader.fresh).toHaveLength(10);
  });

  it('tells nothing more once it is closed', async () => {
    const server = fakeServer(5);
    const reader = await openedOn(server);
    reader.source.close();
    server.write(5);
    expect(reader.seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it('has no gap and nothing twice, whatever a reader does while the run goes on', async () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % below;
    };
    const server = fakeServer(300);
    const reader = await openedOn(server);
    const acts = [
      () => reader.source.readEarlier(),
      () => reader.source.readLater(),
      () => reader.source.jumpToStart(),
      () => reader.source.jumpToEnd(),
      () => Promise.resolve(reader.source.setFollowing(random(2) === 0)),
      () => Promise.resolve(server.write(random(9))),
      () => Promise.resolve(void server.hold()),
      () => Promise.resolve(server.release()),
    ];
    for (let step = 0; step < 2000; step += 1) {
      void acts[random(acts.length)]!();
      if (random(3) === 0) await settled();
    }
    server.release();
    await settled();
    await reader.source.jumpToEnd();
    expect(reader.seqs.at(-1)).toBe(server.stored);
    reader.assertWhole();
  });
});
