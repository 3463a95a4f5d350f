import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import {
  ProviderError,
  type ProviderErrorCode,
  type ProviderErrorData,
} from 'strapi-plugin-skills-shared/provider';
import { describeConnection, findCause, isBrokenBody } from './connection-failure';
import { retryAfterMs } from './retry-after';
import { serverName, type Settings } from './settings';
import { vendorSentence } from './vendor-sentence';

/** What a failure is told with: whose server it was, and whether the caller had given up. */
export interface FailureContext {
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

/** Any failure of a request as the contract's error. */
export function providerFailure(error: unknown, context: FailureContext): ProviderError {
  const known = findCause(error, ProviderError.is);
  if (known) return known;
  return new ProviderError(describe(error, context), { cause: error });
}

function describe(error: unknown, { settings, signal }: FailureContext): ProviderErrorData {
  const server = serverName(settings);
  if (signal.aborted || error instanceof APIUserAbortError)
    return { code: 'cancelled', message: 'The request was cancelled.' };
  if (error instanceof APIConnectionTimeoutError)
    return { code: 'timeout', message: `${server} did not answer in time.` };
  if (error instanceof APIConnectionError || isBrokenBody(error)) return describeConnection(error, server);
  if (error instanceof APIError) return describeAnswer(error, settings);
  return unreadable(settings);
}

/** The server answered, but not in Anthropic's words. */
export function unreadable(settings: Settings): ProviderErrorData {
  return { code: 'protocol', message: `${serverName(settings)} answered what could not be read.` };
}

/** Codes by the vendor's own types of errors, which come without a status when they come within a stream. */
const codesByType: Readonly<Record<string, ProviderErrorCode>> = {
  authentication_error: 'authentication',
  permission_error: 'permission',
  not_found_error: 'invalid-request',
  invalid_request_error: 'invalid-request',
  request_too_large: 'invalid-request',
  billing_error: 'rate-limited',
  rate_limit_error: 'rate-limited',
  timeout_error: 'timeout',
  api_error: 'unavailable',
  overloaded_error: 'unavailable',
};

const codesByStatus: Readonly<Record<number, ProviderErrorCode>> = {
  401: 'authentication',
  402: 'rate-limited',
  403: 'permission',
  405: 'unsupported-feature',
  408: 'timeout',
  429: 'rate-limited',
  501: 'unsupported-feature',
  504: 'timeout',
};

function codeOf({ status, type }: APIError): ProviderErrorCode {
  if (status === undefined) return codesByType[type ?? ''] ?? 'unavailable';
  return (
    codesByStatus[status] ?? (status >= 500 ? 'unavailable' : status >= 400 ? 'invalid-request' : 'protocol')
  );
}

function describeAnswer(error: APIError, settings: Settings): ProviderErrorData {
  const code = codeOf(error);
  const outOfCredit = error.status === 402 || error.type === 'billing_error';
  const wait = retryAfterMs(error.headers);
  return {
    code,
    message: outOfCredit
      ? `The account at ${serverName(settings)} has no credit left; see its plan and billing.`
      : sentence(code, error, settings),
    // Within a stream there is no status: work was done by then, so asking again is never called safe.
    retryable: [429, 503, 529].includes(error.status ?? 0) && !outOfCredit,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(error.requestID ? { requestId: error.requestID } : {}),
  };
}

function sentence(code: ProviderErrorCode, error: APIError, settings: Settings): string {
  const server = serverName(settings);
  const status = error.status === undefined ? '' : ` (status ${error.status})`;
  const said = vendorSentence(error.apiMessage, settings);
  const sentences: Partial<Record<ProviderErrorCode, string>> = {
    authentication: `${server} does not know this API key.`,
    permission: `${server} does not let this API key do that.`,
    'rate-limited': `${server} got too many requests, or too many tokens, in a short time.`,
    timeout: `${server} did not answer in time.`,
    'unsupported-feature': `${server} cannot do what was asked for.`,
    unavailable: `${server} is down or overloaded${status}.`,
    protocol: `${server} answered what could not be read${status}.`,
  };
  return sentences[code] ?? `${server} refused the request${status}${said ? `: ${said}` : '.'}`;
}
