import { ProviderError } from 'strapi-plugin-skills-shared/provider';

interface Limit {
  limitMs: number;
  /** Whom to name when the time is over. */
  whom: string;
  /** Ends the work too. */
  signal?: AbortSignal | undefined;
}

/**
 * Does what asks a vendor, for as long as that may take. Rejects with a `ProviderError` `timeout` once the time is over, and `cancelled` with
 * `signal`, at once: whether the work itself heeds the signal that it is given or not.
 */
export async function withinLimit<Result>(
  { limitMs, whom, signal }: Limit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    const endWith = (error: ProviderError) => {
      reject(error);
      controller.abort(error);
    };
    timer = setTimeout(() => endWith(tooSlow(whom, limitMs)), limitMs);
    onAbort = () =>
      endWith(new ProviderError({ code: 'cancelled', message: `Asking ${whom} was cancelled.` }));
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([end, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}

function tooSlow(whom: string, limitMs: number): ProviderError {
  const time = limitMs < 1_000 ? `${limitMs} ms` : `${Math.round(limitMs / 100) / 10} s`;
  return new ProviderError({
    code: 'timeout',
    message: `${whom} did not answer within ${time}.`,
  });
}
