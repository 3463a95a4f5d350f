import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { askUntilAnswered } from '../../../../http/retries';
import {
  addEarlier,
  addLater,
  beforeOf,
  emptyWindow,
  hasRoom,
  isAtEnd,
  isAtStart,
  lastOf,
  replaceEvents,
  windowLimits,
  type EventWindow,
} from './event-window';

export interface EventPage {
  events: RunEvent[];
  lastSeq: number;
  /** The page reaches the end of a finished run. */
  ended: boolean;
}

/** Where a run's events come from. Pages reject as requests do. */
export interface EventPort {
  /** `after`: the first events behind it; `before`: the last ones before it, or the newest of all. */
  page(query: { after: number } | { before: number | 'end' }, signal: AbortSignal): Promise<EventPage>;
  /** Tells events after `after` as they come; resolves when the run has ended and all was told, rejects when it is refused. */
  follow(
    after: number,
    listener: { onEvents(events: RunEvent[]): void; onReconnecting(reconnecting: boolean): void },
    signal: AbortSignal,
  ): Promise<void>;
}

export interface EventsShown {
  window: EventWindow;
  state: 'loading' | 'following' | 'reconnecting' | 'ended' | 'failed';
  /** Why it failed, or why a page could not be read. */
  error: unknown;
  reading: 'earlier' | 'later' | undefined;
}

interface SourceOptions {
  port: EventPort;
  onChange(shown: EventsShown): void;
  /** Events that came live, or that opened the run. */
  onFresh?(events: readonly RunEvent[]): void;
  limits?: typeof windowLimits;
  /** Milliseconds before try `attempt` (from 1) to open the run after a lost connection. */
  delay?(attempt: number): number;
}

/**
 * A run's events as one reader sees them: opened at the newest, live from there, and paged in both directions as far as the reader
 * goes. Whatever happens at the same time, the window has no gap and nothing twice.
 */
export class RunEventSource {
  readonly #options: SourceOptions;
  readonly #limits: typeof windowLimits;
  readonly #closing = new AbortController();
  #shown: EventsShown = { window: emptyWindow, state: 'loading', error: undefined, reading: undefined };
  #paging: AbortController | undefined;
  /** While the reader is elsewhere, what comes must not push away what is looked at. */
  #following = true;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#limits = options.limits ?? windowLimits;
  }

  /** Reads the newest page, however often the connection is lost meanwhile, then follows. Resolves when the run has ended, or the source was closed or refused. */
  async open(): Promise<void> {
    const { port, onFresh, delay } = this.#options;
    const { signal } = this.#closing;
    const onReconnecting = (reconnecting: boolean) =>
      this.#show({ state: reconnecting ? 'reconnecting' : 'following' });
    try {
      const { events, ended } = await askUntilAnswered(() => port.page({ before: 'end' }, signal), {
        signal,
        onReconnecting,
        delay,
      });
      if (signal.aborted) return;
      const window = replaceEvents(emptyWindow, events);
      this.#show({ window, state: ended ? 'ended' : 'following' });
      onFresh?.(events);
      if (ended) return;
      await port.follow(
        lastOf(window),
        { onEvents: (fresh) => this.#receive(fresh), onReconnecting },
        signal,
      );
      this.#show({ state: 'ended' });
    } catch (error) {
      this.#show({ state: 'failed', error });
    }
  }

  close(): void {
    this.#closing.abort();
    this.#paging?.abort();
  }

  /** Whether the reader stands at the end and wants to see what comes. */
  setFollowing(following: boolean): void {
    this.#following = following;
  }

  /** Reads the page before the window. One page is read at a time: meanwhile this does nothing. */
  async readEarlier(): Promise<void> {
    const { window } = this.#shown;
    if (this.#paging || isAtStart(window)) return;
    await this.#read('earlier', async (signal) => {
      const { events } = await this.#options.port.page({ before: beforeOf(window) + 1 }, signal);
      return () => addEarlier(this.#shown.window, events, this.#limits);
    });
  }

  /** Reads the page behind the window. */
  async readLater(): Promise<void> {
    const { window } = this.#shown;
    if (this.#paging || isAtEnd(window)) return;
    await this.#read('later', async (signal) => {
      const { events } = await this.#options.port.page({ after: lastOf(window) }, signal);
      return () => addLater(this.#shown.window, events, this.#limits);
    });
  }

  async jumpToStart(): Promise<void> {
    if (isAtStart(this.#shown.window)) return;
    await this.#jump('earlier', { after: 0 });
  }

  async jumpToEnd(): Promise<void> {
    if (isAtEnd(this.#shown.window)) return;
    await this.#jump('later', { before: 'end' });
    // More may have come between the page's reading and now, which the stream has only counted.
    for (let pages = 0; pages < 10 && !isAtEnd(this.#shown.window); pages += 1) await this.readLater();
  }

  async #jump(reading: 'earlier' | 'later', query: { after: number } | { before: 'end' }): Promise<void> {
    this.#paging?.abort();
    this.#paging = undefined;
    await this.#read(reading, async (signal) => {
      const { events } = await this.#options.port.page(query, signal);
      return () => replaceEvents(this.#shown.window, events);
    });
  }

  async #read(
    reading: 'earlier' | 'later',
    load: (signal: AbortSignal) => Promise<() => EventWindow>,
  ): Promise<void> {
    const paging = new AbortController();
    this.#paging = paging;
    this.#show({ reading });
    try {
      const change = await load(paging.signal);
      if (this.#paging !== paging) return;
      this.#paging = undefined;
      this.#show({ window: change(), reading: undefined, error: undefined });
    } catch (error) {
      if (this.#paging !== paging) return;
      this.#paging = undefined;
      this.#show({ reading: undefined, error });
    }
  }

  #receive(events: RunEvent[]): void {
    const { window } = this.#shown;
    const tip = Math.max(window.tip, events.at(-1)?.seq ?? 0);
    const taken = this.#following || hasRoom(window, this.#limits);
    this.#show({ window: taken ? addLater(window, events, this.#limits) : { ...window, tip } });
    this.#options.onFresh?.(events);
  }

  #show(change: Partial<EventsShown>): void {
    if (this.#closing.signal.aborted) return;
    this.#shown = { ...this.#shown, ...change };
    this.#options.onChange(this.#shown);
  }
}
