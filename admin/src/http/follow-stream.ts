import { failureOf, RequestError } from './api-failure';
import type { AuthorizedFetch } from './authorized-fetch';
import { createEventStreamParser, type StreamMessage } from './event-stream-parser';
import { Retries, type RetryOptions } from './retries';

interface FollowOptions extends RetryOptions {
  fetch: AuthorizedFetch;
  path: string;
  /** The last id that the reader already has; reading goes on after it. */
  lastId: string;
  /** Messages in order, as many as arrived together. */
  onMessages(messages: StreamMessage[]): void;
  /** Milliseconds without a sign of the server after which the connection counts as lost; 45,000 unless told. */
  silenceMs?: number;
}

/** The server speaks every 15 seconds. A connection that slept with its computer may be dead without anybody telling. */
const defaultSilenceMs = 45_000;

/**
 * Follows a resumable stream until the server says by 204 that there is no more, or `signal` aborts. A connection that ends is
 * taken up again after the last id seen, so no message is lost or repeated. Rejects with a `RequestError` when the server
 * refuses, and trying again would not help.
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { fetch, path, signal, onReconnecting, silenceMs = defaultSilenceMs } = options;
  const retries = new Retries(options);
  let lastId = options.lastId;
  while (!signal.aborted) {
    let failure: unknown;
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (lastId !== '') headers['Last-Event-ID'] = lastId;
      const response = await fetch(path, { headers, signal });
      if (response.status === 204) return;
      if (!response.ok) throw new RequestError(await failureOf(response));
      onReconnecting?.(false);
      if (response.body) {
        await readMessages(response.body, silenceMs, (messages) => {
          // Whatever came, and be it the server's sign of life alone: the connection is sound.
          retries.heard();
          if (messages.length === 0) return;
          lastId = messages.at(-1)?.id || lastId;
          options.onMessages(messages);
        });
      }
    } catch (error) {
      failure = error;
    }
    if (signal.aborted) return;
    await retries.wait(failure);
  }
}

/** Tells each time that something has come what is whole of it, which may be nothing. */
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
      onMessages(parser.push(decoder.decode(value, { stream: true })));
    }
  } finally {
    clearInterval(watch);
  }
}
