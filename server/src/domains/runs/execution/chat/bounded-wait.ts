/** `silent`: nothing came in time. `aborted`: nobody waits any more. */
export type Waited<Value> = { value: Value } | { gaveUp: 'silent' | 'aborted' };

/** Waits for `work`, for at most `ms` and until `signal` aborts. What `work` rejects with is passed on, unless it was given up. */
export function boundedWait<Value>(
  work: Promise<Value>,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<Waited<Value>> {
  return new Promise((resolve, reject) => {
    const giveUp = (gaveUp: 'silent' | 'aborted'): void => {
      stop();
      resolve({ gaveUp });
    };
    const onAbort = (): void => giveUp('aborted');
    const timer = setTimeout(() => giveUp('silent'), ms);
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(
      (value) => {
        stop();
        resolve({ value });
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
}
