import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { EventBus } from '../../../platform/event-bus';
import type { EventRows } from '../repository/events';
import { eventTopic } from '../topics';

export interface RunTailOptions {
  runId: string;
  /** The number of the last event that is known to be stored. */
  position: number;
  events: Pick<EventRows, 'read'>;
  bus: EventBus;
  onError(error: unknown): void;
}

/** Behind the bus's hints, which may be lost. */
const POLL_MS = 1_000;
/** Events kept in memory for readers that are nearly there. */
const KEPT_EVENTS = 200;
const PAGE = 200;

/**
 * The end of one run's trajectory, read once for all who follow it in this process. It holds only what the table has given.
 * Readers that are further behind than what is kept read the table themselves.
 */
export class RunTail {
  readonly #options: RunTailOptions;
  readonly #unsubscribe: () => void;
  readonly #poll: NodeJS.Timeout;
  #kept: RunEvent[] = [];
  #position: number;
  #waiting = new Set<() => void>();
  #loading = false;
  #asked = false;

  constructor(options: RunTailOptions) {
    this.#options = options;
    this.#position = options.position;
    this.#unsubscribe = options.bus.subscribe(eventTopic(options.runId), ({ seq }) => {
      if (seq === undefined || seq > this.#position) void this.#load();
    });
    this.#poll = setInterval(() => void this.#load(), POLL_MS);
    // Something may have been stored between the reading of `position` and the subscription.
    void this.#load();
  }

  /** The events after `after`, if all of them are kept; undefined sends the reader to the table. Empty at the very end. */
  after(after: number): RunEvent[] | undefined {
    if (after >= this.#position) return [];
    const first = this.#kept[0];
    if (!first || first.seq > after + 1) return undefined;
    return this.#kept.slice(after + 1 - first.seq);
  }

  /** Resolves when there are events after `after`, or when `signal` aborts. */
  async reaches(after: number, signal: AbortSignal): Promise<void> {
    while (this.#position <= after && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
  }

  close(): void {
    this.#unsubscribe();
    clearInterval(this.#poll);
    for (const wake of [...this.#waiting]) wake();
  }

  /** One reading at a time; a hint that comes during it leads to another, since it may be of something newer. */
  async #load(): Promise<void> {
    this.#asked = true;
    if (this.#loading) return;
    this.#loading = true;
    try {
      while (this.#asked) {
        this.#asked = false;
        await this.#readOn();
      }
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#loading = false;
    }
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const page = await this.#options.events.read(this.#options.runId, this.#position, PAGE);
      const last = page.at(-1);
      if (!last) return;
      this.#kept = [...this.#kept, ...page].slice(-KEPT_EVENTS);
      this.#position = last.seq;
      for (const wake of [...this.#waiting]) wake();
      if (page.length < PAGE) return;
    }
  }
}
