import type { ErrorBody } from 'strapi-plugin-skills-shared/contracts';

/** An error as every request of this plugin reports it, whether it came from Strapi's client or from ours. */
export interface ApiFailure {
  name: string;
  message: string;
  status?: number;
  /** Milliseconds for which the server wants to be left alone. */
  retryAfterMs?: number;
  details?: { code?: string; path?: (string | number)[]; [key: string]: unknown };
}

/** A request that failed, for code that awaits instead of looking at a result. */
export class RequestError extends Error {
  constructor(readonly failure: ApiFailure) {
    super(failure.message);
    this.name = 'RequestError';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isErrorBody(value: unknown): value is ErrorBody {
  return isRecord(value) && isRecord(value.error) && typeof value.error.message === 'string';
}

/** Reads what an unsuccessful answer says; an answer that is not ours (a proxy's page) is told by its status. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const failure = failureFromBody(response.status, await response.text());
  const retryAfterMs = retryAfterOf(response.headers);
  return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
}

/** `Retry-After` is a number of seconds, or a time. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  const told = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(told) ? undefined : Math.max(0, told);
}

export function failureFromBody(status: number, text: string): ApiFailure {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null; // Not JSON: the status is all there is to tell.
  }
  if (isErrorBody(body)) {
    return { name: body.error.name, message: body.error.message, status, details: body.error.details };
  }
  return { name: 'UnknownError', message: `The server answered ${status}.`, status };
}

/** Narrows what RTK Query hands out, or what was thrown, to a failure. */
export function toFailure(error: unknown): ApiFailure {
  if (error instanceof RequestError) return error.failure;
  if (isRecord(error) && typeof error.message === 'string') {
    return {
      name: typeof error.name === 'string' ? error.name : 'Error',
      message: error.message,
      status: typeof error.status === 'number' ? error.status : undefined,
      details: isRecord(error.details) ? (error.details as ApiFailure['details']) : undefined,
    };
  }
  return { name: 'Error', message: String(error) };
}

export const codeOf = (error: unknown): string | undefined => toFailure(error).details?.code;
