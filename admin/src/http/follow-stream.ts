import { failureOf, RequestError } from './api-failure';
import type { AuthorizedFetch } from './authorized-fetch';
import { createEventStreamParser, type StreamMessage } from './event-stream-parser';

interface FollowOptions {
  fetch: AuthorizedFetch;
  path: string;
  /** The last id that the reader already has; reading goes on after it. */
  lastId: string;
  /** Messages in order, as many as arrived together. */
  onMessages(messages: StreamMessage[]): void;
  /** True while the connection is lost and tried again. */
  onReconnecting?(reconnecting: boolean): void;
  signal: AbortSignal;
  /** Milliseconds before try `attempt` (from 1) after a lost connection. */
  delay?(attempt: number): number;
  /** Milliseconds without a sign of the server after which the connection counts as lost; 45,000 unless told. */
  silenceMs?: number;
}

/** The server speaks every 15 seconds. A connection that slept with its computer may be dead without anybody telling. */
const defaultSilenceMs = 45_000;

/** Half a second, doubling, at most ten. */
const defaultDelay = (attempt: number) => Math.min(10_000, 500 * 2 ** (attempt - 1));

/**
 * Follows a resumable stream until the server says by 204 that there is no more, or `signal` aborts. A connection that ends is
 * taken up again after the last id seen, so no message is lost or repeated. Rejects with a `RequestError` when the server
 * refuses (4xx): trying again would not help.
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { fetch, path, signal, onReconnecting, delay = defaultDelay } = options;
  const { silenceMs = defaultSilenceMs } = options;
  let lastId = options.lastId;
  let attempt = 0;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (lastId !== '') headers['Last-Event-ID'] = lastId;
      const response = await fetch(path, { headers, signal });
      if (response.status === 204) return;
      if (response.status >= 400 && response.status < 500) throw new RequestError(await failureOf(response));
      if (response.ok && response.body) {
        onReconnecting?.(false);
        await readMessages(response.body, silenceMs, (messages) => {
          attempt = 0;
          lastId = messages.at(-1)?.id || lastId;
          options.onMessages(messages);
        });
      }
    } catch (error) {
      if (error instanceof RequestError) throw error;
      // A lost connection: tried again below, unless the reader has left.
    }
    if (signal.aborted) return;
    attempt += 1;
    if (attempt > 1) onReconnecting?.(true);
    await wait(delay(attempt), signal);
  }
}

async function readMessages(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
  onMessages: (messages: StreamMessage[]) => void,
) {
  const parser = createEventStreamParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let heard = Date.now();
  // Looked at by the clock: a timer alone stands still while the computer sleeps.
  const watch = setInterval(
    () => {
      if (Date.now() - heard >= silenceMs) void reader.cancel().catch(() => undefined);
    },
    Math.min(silenceMs, 5_000),
  );
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard = Date.now();
      const messages = parser.push(decoder.decode(value, { stream: true }));
      if (messages.length > 0) onMessages(messages);
    }
  } finally {
    clearInterval(watch);
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
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
