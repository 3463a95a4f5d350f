import {
  ProviderError,
  providerErrorCodes,
  providerErrorData,
  type ProviderErrorCode,
  type ProviderErrorData,
} from 'strapi-plugin-skills-shared/provider';

/** Stands between the plugin and what an adapter throws. */
export interface AdapterGuard {
  /** The error as the rest of the plugin may see it: always a `ProviderError` of ours, without a secret. */
  explain(error: unknown): ProviderError;
  /** The same of what an adapter says without throwing. */
  explainData(data: ProviderErrorData): ProviderErrorData;
  /** Calls the adapter; what it throws or rejects with is explained. */
  call<Result>(work: () => Result): Result;
}

interface GuardOptions {
  displayName: string;
  signal: AbortSignal;
  mask: (text: string) => string;
  /** What our own `fetch` refused last: SDKs hide it within errors of their own. */
  lastRefusal: () => ProviderError | undefined;
}

/** What an SDK makes of a `fetch` that threw: "cannot connect", or an error that the adapter did not know. */
const hidingCodes: ReadonlySet<ProviderErrorCode> = new Set(['unavailable', 'protocol']);

export function createAdapterGuard({ displayName, signal, mask, lastRefusal }: GuardOptions): AdapterGuard {
  function explainData(data: ProviderErrorData): ProviderErrorData {
    const known = (providerErrorCodes as readonly string[]).includes(data.code);
    const told: ProviderErrorData = known
      ? data
      : { ...data, code: 'protocol', message: broken(displayName), retryable: false };
    const refused = lastRefusal();
    const { message, ...rest } = refused && hidingCodes.has(told.code) ? providerErrorData(refused) : told;
    return { ...rest, message: mask(String(message)) };
  }

  function explain(error: unknown): ProviderError {
    if (ProviderError.is(error)) return new ProviderError(explainData(providerErrorData(error)));
    if (signal.aborted)
      return new ProviderError({
        code: 'cancelled',
        message: `The request to ${displayName} was cancelled.`,
      });
    const data = { code: 'protocol', message: broken(displayName) } as const;
    return new ProviderError(explainData(data), { cause: error });
  }

  return {
    explain,
    explainData,
    call<Result>(work: () => Result): Result {
      try {
        const result = work();
        if (!isPromise(result)) return result;
        return result.then(undefined, (error: unknown) => {
          throw explain(error);
        }) as Result;
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

/** The adapter's own words may hold anything, so none of them is in the sentence. */
function broken(displayName: string): string {
  return `The adapter of ${displayName} failed in a way that it should not have.`;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
