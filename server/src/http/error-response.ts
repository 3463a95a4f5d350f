import { errors } from '@strapi/utils';
import type { ErrorBody } from 'strapi-plugin-skills-shared/contracts';
import { ProviderError, providerErrorData } from 'strapi-plugin-skills-shared/provider';
import { ConflictError } from './errors';

export interface ErrorResponse {
  status: number;
  body: ErrorBody;
  headers: Readonly<Record<string, string>>;
  /** True for our own bugs: they are logged with their context, and the caller learns nothing of them. */
  unexpected: boolean;
}

const statuses: readonly [new (...args: never[]) => Error, number][] = [
  [ConflictError, 409],
  [errors.UnauthorizedError, 401],
  [errors.ForbiddenError, 403],
  [errors.NotFoundError, 404],
  [errors.PayloadTooLargeError, 413],
  [errors.RateLimitError, 429],
  [errors.NotImplementedError, 501],
];

/** What a caller is told of an error. Whatever is neither ours nor Strapi's is a bug: 500, without its message. */
export function errorResponse(error: unknown): ErrorResponse {
  if (error instanceof errors.ApplicationError) {
    const status = statuses.find(([type]) => error instanceof type)?.[1] ?? 400;
    return told(status, error.name, error.message, error.details);
  }
  if (ProviderError.is(error)) return toldOfProvider(error);
  if (isExposedHttpError(error)) return told(error.status, error.name, error.message, error.details);
  return {
    ...told(500, 'InternalServerError', 'Something went wrong on the server.', { code: 'internal' }),
    unexpected: true,
  };
}

function told(status: number, name: string, message: string, details: unknown): ErrorResponse {
  const known: Record<string, unknown> =
    typeof details === 'object' && details !== null ? { ...details } : {};
  const code = typeof known.code === 'string' ? known.code : codeOf(name);
  const error = { status, name, message, details: { ...known, code } };
  return { status, body: { data: null, error } as ErrorBody, headers: {}, unexpected: false };
}

/**
 * A vendor's 401 is not our 401: whoever called us is known to us. So a provider's failure is 502, or 504 when it was too slow; only
 * its "too much" is the caller's to heed.
 */
function toldOfProvider(error: ProviderError): ErrorResponse {
  const { code, message, ...rest } = providerErrorData(error);
  const status = code === 'rate-limited' ? 429 : code === 'timeout' ? 504 : 502;
  const response = told(status, 'ProviderError', message, { code, ...rest });
  if (status !== 429 || rest.retryAfterMs === undefined) return response;
  return { ...response, headers: { 'Retry-After': String(Math.ceil(rest.retryAfterMs / 1000)) } };
}

/** `PayloadTooLargeError` → `payload-too-large`, for errors that bring no code of their own. */
function codeOf(name: string): string {
  return name
    .replace(/Error$/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** Koa's and its libraries' errors that were meant for the caller (`expose`), such as a body that ended too early. */
function isExposedHttpError(error: unknown): error is Error & { status: number; details?: unknown } {
  return (
    error instanceof Error &&
    'expose' in error &&
    error.expose === true &&
    'status' in error &&
    typeof error.status === 'number'
  );
}
