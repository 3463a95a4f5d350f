import {
  ProviderError,
  type Fetch,
  type ProviderContext,
  type ProviderLog,
} from 'strapi-plugin-skills-shared/provider';

export interface GuardedContext {
  context: ProviderContext;
  /** The `ProviderError` that our own `fetch` threw, while no later request went through. */
  lastRefusal: () => ProviderError | undefined;
}

/**
 * The context as an adapter gets it: each request ends when the caller no longer wants it, whether the adapter handed the signal on or
 * not, and the log holds no secret.
 */
export function guardContext(given: ProviderContext, mask: (text: string) => string): GuardedContext {
  let refusal: ProviderError | undefined;

  const fetch: Fetch = async (input, init) => {
    const own = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const signal = own ? AbortSignal.any([own, given.signal]) : given.signal;
    try {
      const response = await given.fetch(input, { ...init, signal });
      refusal = undefined;
      return response;
    } catch (error) {
      refusal = ProviderError.is(error) ? error : undefined;
      throw error;
    }
  };

  const log: ProviderLog = {
    debug: (message) => given.log.debug(mask(String(message))),
    info: (message) => given.log.info(mask(String(message))),
    warn: (message) => given.log.warn(mask(String(message))),
    error: (message) => given.log.error(mask(String(message))),
  };
  return { context: { signal: given.signal, fetch, log }, lastRefusal: () => refusal };
}
