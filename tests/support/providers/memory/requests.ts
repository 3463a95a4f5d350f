import type { ConnectionContext, ProviderErrorCode } from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import type { z } from 'zod';
import type { MemorySettings } from './settings';

export type MemoryContext = ConnectionContext<MemorySettings>;

const sentences: Record<ProviderErrorCode, string> = {
  authentication: 'The memory peer does not know this API key.',
  permission: 'The memory peer does not allow this.',
  'rate-limited': 'The memory peer was asked for too much.',
  'invalid-request': 'The memory peer refuses this request.',
  unavailable: 'The memory peer cannot be reached.',
  timeout: 'The memory peer did not answer in time.',
  cancelled: 'The request was cancelled.',
  'unsupported-feature': 'The memory peer cannot do this.',
  protocol: 'The memory peer answered what cannot be read.',
};

export function codeOfStatus(status: number): ProviderErrorCode {
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate-limited';
  if (status === 501) return 'unsupported-feature';
  return status >= 500 ? 'unavailable' : 'invalid-request';
}

export function failure(code: ProviderErrorCode, more: { status?: number; retryAfterMs?: number } = {}) {
  const retryable = code === 'rate-limited' || (code === 'unavailable' && more.status !== undefined);
  return new ProviderError({ code, message: sentences[code], retryable, ...more });
}

/** Anything that went wrong, in the contract's words. What the peer said is never repeated: it may hold the key. */
export function asProviderError(error: unknown, signal: AbortSignal): ProviderError {
  if (signal.aborted) return failure('cancelled');
  if (ProviderError.is(error)) return error;
  // By name: under a test runner, errors of Node itself are of another realm.
  const { name } = error as Error;
  if (name === 'SyntaxError') return failure('protocol');
  // `fetch` throws a TypeError, and so does a body that breaks off.
  if (name === 'TypeError') return failure('unavailable');
  throw error;
}

/** Asks the peer. Rejects with a `ProviderError` for an answer that is no success. */
export async function ask(context: MemoryContext, path: string, init: RequestInit = {}): Promise<Response> {
  const { settings, signal, fetch, log } = context;
  signal.throwIfAborted();
  log.debug(`memory: ${init.method ?? 'GET'} ${path}`);
  const headers = { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${settings.baseUrl}${path}`, { headers, signal, ...init });
  if (response.ok) return response;
  await response.body?.cancel();
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1_000 } : {};
  throw failure(codeOfStatus(response.status), { status: response.status, ...wait });
}

/** The peer's answer, read by a schema. Rejects with a `ProviderError`. */
export async function askFor<Schema extends z.ZodType>(
  context: MemoryContext,
  schema: Schema,
  path: string,
  init?: RequestInit,
): Promise<z.output<Schema>> {
  try {
    const response = await ask(context, path, init);
    const result = schema.safeParse(await response.json());
    if (result.success) return result.data;
    throw failure('protocol');
  } catch (error) {
    throw asProviderError(error, context.signal);
  }
}
