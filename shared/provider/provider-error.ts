/**
 * Why a provider failed, in the plugin's words, whatever the vendor called it:
 *
 * - `authentication`: the vendor does not know the credentials (401).
 * - `permission`: it knows them, and they may not (403).
 * - `rate-limited`: too much was asked for (429); `retryAfterMs` when the vendor says how long to wait.
 * - `invalid-request`: the vendor will not do this (400, 404, 413, 422): a model or file that is not there, a setting it refuses.
 * - `unavailable`: the vendor is down or overloaded, or cannot be reached (5xx, 529, a refused or broken connection).
 * - `timeout`: it did not answer in time (408, 504).
 * - `cancelled`: the caller aborted.
 * - `unsupported-feature`: this server, model or adapter cannot do what was asked for.
 * - `protocol`: it answered what the adapter cannot read.
 */
export const providerErrorCodes = [
  'authentication',
  'permission',
  'rate-limited',
  'invalid-request',
  'unavailable',
  'timeout',
  'cancelled',
  'unsupported-feature',
  'protocol',
] as const;

export type ProviderErrorCode = (typeof providerErrorCodes)[number];

/** What is known of a failure: plain data, for events and answers. */
export interface ProviderErrorData {
  code: ProviderErrorCode;
  /** One sentence for a person. It never holds a secret, and no raw text of the vendor beyond what it says to people. */
  message: string;
  /** Milliseconds to wait before asking again, where the vendor told. */
  retryAfterMs?: number;
  /** True only when asking again is safe: nothing has been done, and nothing was answered yet. */
  retryable?: boolean;
  /** The HTTP status of the vendor's answer. */
  status?: number;
  /** The vendor's own id of the request, for its support. */
  requestId?: string;
}

/** Two copies of this class, from two copies of this package, know each other by it. */
const brand = Symbol.for('strapi-plugin-skills.provider-error');

/** The one error that an adapter throws on purpose; anything else counts as a bug of the adapter. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;
  readonly retryAfterMs?: number;
  readonly retryable: boolean;
  readonly status?: number;
  readonly requestId?: string;
  readonly [brand] = true;

  /** `cause` is for the developer's eyes in a debugger; it is neither logged nor stored. */
  constructor(data: ProviderErrorData, options?: { cause?: unknown }) {
    super(data.message, options);
    this.code = data.code;
    this.retryable = data.retryable ?? false;
    if (data.retryAfterMs !== undefined) this.retryAfterMs = data.retryAfterMs;
    if (data.status !== undefined) this.status = data.status;
    if (data.requestId !== undefined) this.requestId = data.requestId;
  }

  /** Whether a value is a provider's error, whichever copy of this package made it. */
  static is(value: unknown): value is ProviderError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/** The error as plain data: what an `error` event of a chat carries. */
export function providerErrorData(error: ProviderError): ProviderErrorData {
  const { code, message, retryable, retryAfterMs, status, requestId } = error;
  return {
    code,
    message,
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
