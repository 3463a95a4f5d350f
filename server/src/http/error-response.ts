import { errors } from '@strapi/utils';
import type { ErrorBody } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from './errors';

export interface ErrorResponse {
  status: number;
  body: ErrorBody;
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
  return { status, body: { data: null, error } as ErrorBody, unexpected: false };
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
