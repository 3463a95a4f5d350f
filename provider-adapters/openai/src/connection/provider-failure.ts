import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import {
  ProviderError,
  type ProviderErrorCode,
  type ProviderErrorData,
} from 'strapi-plugin-skills-shared/provider';
import { retryAfterMs } from './retry-after';
import { serverName, type Settings } from './settings';
import { vendorSentence } from './vendor-sentence';

/** What a failure is told with: whose server it was, and whether the caller had given up. */
export interface FailureContext {
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/** A connection that was never made: nothing can have been done. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Any failure of a request as the contract's error. It never carries the vendor's text for a wrong key, which quotes the key. */
export function providerFailure(error: unknown, context: FailureContext): ProviderError {
  const known = findCause(error, ProviderError.is);
  if (known) return known;
  return new ProviderError(describe(error, context), { cause: error });
}

function describe(error: unknown, { settings, signal }: FailureContext): ProviderErrorData {
  const server = serverName(settings);
  if (signal.aborted || error instanceof APIUserAbortError) return cancelled;
  if (error instanceof APIConnectionTimeoutError)
    return { code: 'timeout', message: `${server} did not answer in time.` };
  if (error instanceof APIConnectionError || isBrokenBody(error)) return describeConnection(error, server);
  if (error instanceof APIError) {
    return error.status === undefined
      ? vendorFailure({ code: error.code, message: messageIn(error.error) }, settings)
      : describeStatus(error, error.status, settings);
  }
  return { code: 'protocol', message: `${server} answered what could not be read.` };
}

const cancelled: ProviderErrorData = { code: 'cancelled', message: 'The request was cancelled.' };

/** What undici throws when a body ends before its end. */
function isBrokenBody(error: unknown): boolean {
  // By its name, since the fetch that is given may come from another realm.
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === 'TypeError' && /terminated|fetch failed|other side closed/i.test(message ?? '');
}

function describeConnection(error: unknown, server: string): ProviderErrorData {
  const code = findCause(error, hasCode)?.code;
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens at its address',
    ENOTFOUND: 'there is no host of that name',
    EAI_AGAIN: 'its name could not be looked up',
  };
  const reason = code === undefined ? undefined : reasons[code];
  if (isBrokenBody(error) && !neverConnected.has(code ?? ''))
    return { code: 'unavailable', message: `The connection to ${server} broke off.` };
  return {
    code: 'unavailable',
    message: `${server} could not be reached${reason ? `: ${reason}` : ''}.`,
    retryable: neverConnected.has(code ?? ''),
  };
}

const hasCode = (value: unknown): value is { code: string } =>
  typeof (value as { code?: unknown } | null)?.code === 'string';

/** Looks at a failure and what caused it, eight deep: a chain may lead in a circle. */
function findCause<Found>(error: unknown, is: (value: unknown) => value is Found): Found | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current; depth++) {
    if (is(current)) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return undefined;
}

function messageIn(body: unknown): string | undefined {
  // Some servers answer `{ "error": "a text" }`.
  const message =
    typeof body === 'string' ? body : (body as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : undefined;
}

function describeStatus(error: APIError, status: number, settings: Settings): ProviderErrorData {
  const code = codeOfStatus(status);
  const wait = retryAfterMs(error.headers);
  const outOfQuota = error.code === 'insufficient_quota' || status === 402;
  return {
    code,
    message: sentence(code, error, status, settings, outOfQuota),
    status,
    retryable: [429, 503, 529].includes(status) && !outOfQuota,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(error.requestID ? { requestId: error.requestID } : {}),
  };
}

function codeOfStatus(status: number): ProviderErrorCode {
  const codes: Record<number, ProviderErrorCode> = {
    401: 'authentication',
    402: 'rate-limited',
    403: 'permission',
    405: 'unsupported-feature',
    408: 'timeout',
    429: 'rate-limited',
    501: 'unsupported-feature',
    504: 'timeout',
  };
  return codes[status] ?? (status >= 500 ? 'unavailable' : status >= 400 ? 'invalid-request' : 'protocol');
}

function sentence(
  code: ProviderErrorCode,
  error: APIError,
  status: number,
  settings: Settings,
  outOfQuota: boolean,
): string {
  const server = serverName(settings);
  if (outOfQuota) return `The account at ${server} has no credit left; see its plan and billing.`;
  const said = vendorSentence(messageIn(error.error), settings);
  const sentences: Partial<Record<ProviderErrorCode, string>> = {
    authentication: settings.apiKey
      ? `${server} does not know this API key.`
      : `${server} wants an API key, and this connection has none.`,
    permission: `${server} does not let this API key do that.`,
    'rate-limited': `${server} got too many requests, or too many tokens, in a short time.`,
    timeout: `${server} did not answer in time.`,
    'unsupported-feature': `${server} cannot do what was asked for.`,
    unavailable: `${server} is down or overloaded (status ${status}).`,
  };
  return sentences[code] ?? `${server} refused the request (status ${status})${said ? `: ${said}` : '.'}`;
}

/** Codes of failures that the vendor tells within an answer that began well. */
const codesWithinAnswers: Record<string, ProviderErrorCode> = {
  rate_limit_exceeded: 'rate-limited',
  insufficient_quota: 'rate-limited',
  server_error: 'unavailable',
  vector_store_timeout: 'timeout',
  invalid_api_key: 'authentication',
};

function codeWithinAnswer(code: unknown): ProviderErrorCode {
  // vLLM and others write a status.
  if (typeof code === 'number') return codeOfStatus(code);
  return typeof code === 'string' && code !== ''
    ? (codesWithinAnswers[code] ?? 'invalid-request')
    : 'unavailable';
}

/** A failure that came within a stream: work was done by then, so asking again is never called safe. */
export function vendorFailure(
  failure: { code?: unknown; message?: string | null | undefined },
  settings: Settings,
): ProviderErrorData {
  const server = serverName(settings);
  const code = codeWithinAnswer(failure.code);
  const said = code === 'invalid-request' ? vendorSentence(failure.message, settings) : '';
  const sentences: Partial<Record<ProviderErrorCode, string>> = {
    'invalid-request': `${server} refused the request${said ? `: ${said}` : '.'}`,
    'rate-limited': `${server} stopped the answer at a limit of requests, tokens or credit.`,
    authentication: `${server} does not know this API key.`,
    timeout: `${server} did not find what it searched in time.`,
  };
  return { code, message: sentences[code] ?? `${server} failed while it answered.` };
}
