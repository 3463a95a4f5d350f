import type { ProviderErrorData } from 'strapi-plugin-skills-shared/provider';

/** Failures of a connection that was never made, in words. Nothing can have been done: asking again is safe. */
const neverConnected: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'it did not take the connection in time',
};

/** What `fetch` throws when a body ends before its end. */
export function isBrokenBody(error: unknown): boolean {
  return error instanceof TypeError && /terminated|fetch failed|other side closed/i.test(error.message);
}

export function describeConnection(error: unknown, server: string): ProviderErrorData {
  const code = findCause(error, hasCode)?.code ?? '';
  const reason = neverConnected[code];
  if (isBrokenBody(error) && reason === undefined) return brokenOff(server);
  return {
    code: 'unavailable',
    message: `${server} could not be reached${reason ? `: ${reason}` : ''}.`,
    retryable: reason !== undefined,
  };
}

export const brokenOff = (server: string): ProviderErrorData => ({
  code: 'unavailable',
  message: `The connection to ${server} broke off.`,
});

const hasCode = (value: unknown): value is { code: string } =>
  typeof (value as { code?: unknown } | null)?.code === 'string';

/** Looks at a failure and what caused it, eight deep: a chain may lead in a circle. */
export function findCause<Found>(error: unknown, is: (value: unknown) => value is Found): Found | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current; depth++) {
    if (is(current)) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return undefined;
}
