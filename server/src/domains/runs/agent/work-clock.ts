import { AgentStop } from './agent-stop';

/** Longer waits than this cannot be told to Node's timers. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Measures how long an agent works, and ends what is under way when its time is over. */
export class WorkClock {
  /** Aborted when the run is stopped, with its reason, or the time is over, with an `AgentStop`. */
  readonly signal: AbortSignal;
  readonly #beganAt = performance.now();
  readonly #beforeMs: number;
  readonly #timer: NodeJS.Timeout;

  /** `beforeMs`: what the run had worked before it waited. */
  constructor({ limitMs, beforeMs, signal }: { limitMs: number; beforeMs: number; signal: AbortSignal }) {
    const controller = new AbortController();
    this.#beforeMs = beforeMs;
    this.signal = AbortSignal.any([signal, controller.signal]);
    const stop = () => controller.abort(timeOver(limitMs));
    this.#timer = setTimeout(stop, Math.min(Math.max(0, limitMs - beforeMs), MAX_TIMER_MS));
    this.#timer.unref();
  }

  get elapsedMs(): number {
    return this.#beforeMs + (performance.now() - this.#beganAt);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Waits for `work` no longer than the agent may work. */
  async within<Value>(work: Promise<Value>): Promise<Value> {
    this.signal.throwIfAborted();
    let onAbort = (): void => undefined;
    const over = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(this.signal.reason as Error);
      this.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }
}

function timeOver(limitMs: number): AgentStop {
  const seconds = Math.round(limitMs / 100) / 10;
  return new AgentStop('time-budget', `The agent reached its budget of ${seconds} seconds of work.`);
}
