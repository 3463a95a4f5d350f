import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { mergeText, splitText } from './text-deltas';

export interface PendingEvent {
  at: number;
  payload: RunEventPayload;
}

export interface EventWriterOptions {
  /** Stores a group in one transaction and answers its last number. */
  append(events: readonly PendingEvent[]): Promise<number>;
  /** Called after a group was stored: now it may be streamed. */
  onStored(lastSeq: number): void;
  /** Called once, when a group could not be stored: nothing more is written after it. */
  onFailure(error: unknown): void;
}

/** Text is stored at most once in so many milliseconds: what comes within them is stored together. */
const GROUP_MS = 25;
/** Characters and events in one transaction, at most. */
const GROUP_CHARACTERS = 256 * 1024;
const GROUP_EVENTS = 200;
/** Characters that may wait before writers of text are made to wait too. */
const MAX_PENDING_CHARACTERS = 512 * 1024;

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Appends a run's events in groups. Text that comes after a silence is stored at once, other text within 25 ms with all that comes
 * until then; it is accepted at once unless too much is pending. Any other event is stored, with all before it, before its `emit`
 * resolves. The order of `emit` calls is kept.
 */
export class EventWriter {
  readonly #options: EventWriterOptions;
  #pending: { event: PendingEvent; stored?: Waiter }[] = [];
  #pendingCharacters = 0;
  #waitingForRoom: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #next: NodeJS.Immediate | undefined;
  #flushing: Promise<void> | undefined;
  #urgent = false;
  /** When the last group was begun, by the monotonic clock. */
  #flushedAt = -Infinity;
  #failure: { error: unknown } | undefined;
  #closed = false;

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  async emit(payload: RunEventPayload): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    if (this.#closed) throw new Error('The run has ended: no more events can be added to it.');
    if (payload.type === 'text-delta') return this.#emitText(payload);
    await new Promise<void>((resolve, reject) => {
      this.#pending.push({ event: { at: Date.now(), payload }, stored: { resolve, reject } });
      this.#flushNext();
    });
  }

  /** As `emit`, for what nobody waits for: it is stored within 25 ms, or with what is emitted after it. A failure is told by `onFailure`. */
  tell(payload: RunEventPayload): void {
    if (this.#failure || this.#closed) return;
    if (payload.type === 'text-delta') return void this.#emitText(payload).catch(() => undefined);
    this.#pending.push({ event: { at: Date.now(), payload } });
    this.#timer ??= setTimeout(() => this.#flushNow(), GROUP_MS);
  }

  /** Resolves when all that was emitted before is stored; rejects when it cannot be. */
  async settle(): Promise<void> {
    while (!this.#failure && !this.#closed && (this.#pending.length > 0 || this.#flushing)) {
      this.#flushNow();
      await this.#flushing;
    }
    if (this.#failure) throw this.#failure.error;
  }

  /** Takes no more events, waits for what is being stored, and hands over what is not: it belongs into the end's transaction. */
  async close(): Promise<PendingEvent[]> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearImmediate(this.#next);
    this.#urgent = false;
    await this.#flushing;
    clearTimeout(this.#timer);
    const rest = this.#pending.map(({ event }) => event);
    this.#settle(this.#pending);
    this.#pending = [];
    this.#pendingCharacters = 0;
    this.#releaseRoom();
    return this.#failure ? [] : rest;
  }

  async #emitText({ stream, text }: Extract<RunEventPayload, { type: 'text-delta' }>): Promise<void> {
    for (const part of splitText(text)) {
      const last = this.#pending.at(-1);
      const merged = last && mergeText(last.event.payload, { type: 'text-delta', stream, text: part });
      if (last && merged) last.event.payload = merged;
      else
        this.#pending.push({
          event: { at: Date.now(), payload: { type: 'text-delta', stream, text: part } },
        });
      this.#pendingCharacters += part.length;
    }
    if (this.#pendingCharacters < MAX_PENDING_CHARACTERS) return this.#flushSoon();
    await new Promise<void>((resolve, reject) => {
      this.#waitingForRoom.push({ resolve, reject });
      this.#flushNow();
    });
  }

  #flushSoon(): void {
    if (this.#timer || this.#flushing) return;
    const since = performance.now() - this.#flushedAt;
    this.#timer = setTimeout(() => this.#flushNow(), Math.max(0, GROUP_MS - since));
  }

  /** Once what is being done now is done: what it tells besides, such as the calls and the usage of one answer, is stored together. */
  #flushNext(): void {
    this.#next ??= setImmediate(() => this.#flushNow());
  }

  #flushNow(): void {
    clearImmediate(this.#next);
    this.#next = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#urgent = true;
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
      if (this.#pending.length > 0 && !this.#closed && !this.#failure) this.#flushSoon();
    });
  }

  async #flush(): Promise<void> {
    while (this.#urgent && this.#pending.length > 0) {
      const group = this.#takeGroup();
      this.#flushedAt = performance.now();
      this.#urgent = this.#pending.some(({ stored }) => stored) || this.#waitingForRoom.length > 0;
      try {
        const lastSeq = await this.#options.append(group.map(({ event }) => event));
        this.#settle(group);
        this.#options.onStored(lastSeq);
      } catch (error) {
        this.#fail(error, group);
        return;
      }
      this.#releaseRoom();
    }
  }

  #takeGroup(): { event: PendingEvent; stored?: Waiter }[] {
    let characters = 0;
    let count = 0;
    for (const { event } of this.#pending) {
      if (count === GROUP_EVENTS || (count > 0 && characters >= GROUP_CHARACTERS)) break;
      if (event.payload.type === 'text-delta') characters += event.payload.text.length;
      count += 1;
    }
    this.#pendingCharacters -= characters;
    return this.#pending.splice(0, count);
  }

  #settle(entries: readonly { stored?: Waiter }[]): void {
    for (const { stored } of entries) {
      if (this.#failure) stored?.reject(this.#failure.error);
      else stored?.resolve();
    }
  }

  #releaseRoom(): void {
    if (this.#pendingCharacters >= MAX_PENDING_CHARACTERS && !this.#failure) return;
    const waiting = this.#waitingForRoom.splice(0).map((stored) => ({ stored }));
    this.#settle(waiting);
  }

  #fail(error: unknown, group: readonly { stored?: Waiter }[]): void {
    this.#failure = { error };
    this.#settle(group);
    this.#settle(this.#pending);
    this.#pending = [];
    this.#releaseRoom();
    this.#options.onFailure(error);
  }
}
