import { RequestError } from './api-failure';

/** Half a second, doubling, at most ten. */
const defaultDelay = (attempt: number) => Math.min(10_000, 500 * 2 ** (attempt - 1));

/** 401s in a row that are tried again: a computer that wakes has an old token, and cannot get a new one before its network is back. */
const most401s = 5;

/** However long the server wants to be left alone, it is asked again within ten minutes. */
const longestWait = 10 * 60_000;

export interface RetryOptions {
  signal: AbortSignal;
  /** True while nothing is heard and it is tried again. */
  onReconnecting?(reconnecting: boolean): void;
  /** Milliseconds before try `attempt` (from 1) after a failure. */
  delay?(attempt: number): number;
}

/**
 * Says of one thing that is asked for again and again whether to go on, and when. A lost connection, a server that is not itself (5xx),
 * 408 and 429 pass; a 401 may; any other refusal does not.
 */
export class Retries {
  readonly #options: RetryOptions;
  #attempt = 0;
  #refusals = 0;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** The server has been heard: what fails from now on begins anew. */
  heard(): void {
    this.#attempt = 0;
    this.#refusals = 0;
  }

  /** Waits before the next try, or until `signal` aborts. Rejects with `failure` when trying again would not help. */
  async wait(failure: unknown): Promise<void> {
    const { signal, onReconnecting, delay = defaultDelay } = this.#options;
    const { status, retryAfterMs = 0 } = failure instanceof RequestError ? failure.failure : {};
    this.#refusals = status === 401 ? this.#refusals + 1 : 0;
    if (isRefusal(status, this.#refusals)) throw failure;
    this.#attempt += 1;
    if (this.#attempt > 1) onReconnecting?.(true);
    await pause(Math.max(delay(this.#attempt), Math.min(retryAfterMs, longestWait)), signal);
  }
}

function isRefusal(status: number | undefined, refusals: number): boolean {
  if (status === undefined || status >= 500 || status === 408 || status === 429) return false;
  return status !== 401 || refusals > most401s;
}

/** Asks until there is an answer. Rejects when it is refused, or `signal` aborts. */
export async function askUntilAnswered<Answer>(
  ask: () => Promise<Answer>,
  options: RetryOptions,
): Promise<Answer> {
  const retries = new Retries(options);
  for (;;) {
    options.signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      options.signal.throwIfAborted();
      await retries.wait(error);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
