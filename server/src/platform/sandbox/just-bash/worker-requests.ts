import { AsyncResource } from 'node:async_hooks';
import type { SecureFetch } from 'just-bash';
import type { Deliver } from './command-files';
import type { FetchAnswer, ServerMessage, WorkerMessage } from './protocol';

/** What a worker asks of the server. */
export interface WorkerRequests {
  /** Hands output over, and waits until it was taken. */
  deliver: Deliver;
  fetch: SecureFetch;
  settle(message: Exclude<ServerMessage, { type: 'request' }>): void;
}

/**
 * While a script runs, just-bash blocks much of JavaScript in the script's own async context; what is asked leaves by the one in which
 * this is called.
 */
export function createRequests(post: (message: WorkerMessage) => void): WorkerRequests {
  const untaken = new Map<number, () => void>();
  const unanswered = new Map<number, (result: FetchAnswer | { problem: string }) => void>();
  let count = 0;

  const deliver: Deliver = AsyncResource.bind(async (stream: 'stdout' | 'stderr', chunk: Uint8Array) => {
    if (chunk.length === 0) return;
    const id = (count += 1);
    const taken = new Promise<void>((resolve) => untaken.set(id, resolve));
    post({ type: 'output', id, stream, chunk });
    await taken;
  });

  const fetch: SecureFetch = AsyncResource.bind(
    async (url: string, options: Parameters<SecureFetch>[1] = {}): Promise<FetchAnswer> => {
      const id = (count += 1);
      const answered = new Promise<FetchAnswer | { problem: string }>((resolve) =>
        unanswered.set(id, resolve),
      );
      const { method = 'GET', body, followRedirects = true, timeoutMs, maxRedirects } = options;
      const headers = Object.fromEntries(new Headers(options.headers));
      post({
        type: 'fetch',
        id,
        request: { url, method, headers, body, followRedirects, timeoutMs, maxRedirects },
      });
      const result = await answered;
      if ('problem' in result) throw new Error(result.problem);
      return result;
    },
  );

  return {
    deliver,
    fetch,
    settle(message) {
      if (message.type === 'taken') {
        untaken.get(message.id)?.();
        untaken.delete(message.id);
        return;
      }
      unanswered.get(message.id)?.(message.result);
      unanswered.delete(message.id);
    },
  };
}
