import { ProviderError, type Fetch } from 'strapi-plugin-skills-shared/provider';
import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';
import { readAllowedHosts } from './allowed-hosts';
import { createGuardedConnector, type Lookup } from './guarded-connector';
import { MAX_REDIRECTS, redirected, redirectTarget, type FollowableRequest } from './redirects';

export interface GuardedFetchOptions {
  /** Private hosts that may be asked all the same; see `readAllowedHosts`. */
  allowedPrivateHosts: readonly string[];
  /** How long the other side may be silent, before its answer and within it. */
  idleTimeoutMs: number;
  connectTimeoutMs?: number;
  /** `dns.lookup` unless told. */
  lookup?: Lookup;
}

export interface GuardedFetch {
  /**
   * `fetch` for requests whose address somebody typed into a form. It speaks http and https, to public addresses and those that are
   * allowed, on each redirect anew. Rejects with a `ProviderError` (`invalid-request`) for what it refuses, before anything is
   * sent, and (`timeout`) for a silent server; otherwise as `fetch` does.
   */
  fetch: Fetch;
  /** Closes what is open, ending answers that are being read. */
  close(): Promise<void>;
}

type Init = RequestInit & { duplex?: 'half' };

export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const agent = new Agent({
    connect: createGuardedConnector({
      allowed: readAllowedHosts(options.allowedPrivateHosts),
      lookup: options.lookup,
      connectTimeoutMs: options.connectTimeoutMs,
    }),
    headersTimeout: options.idleTimeoutMs,
    bodyTimeout: options.idleTimeoutMs,
  });

  const send = async (request: FollowableRequest, init: Init): Promise<Response> => {
    checkUrl(request.url);
    const { url, method, headers, body } = request;
    const wanted = { ...init, method, headers, body, redirect: 'manual', dispatcher: agent };
    try {
      // undici's classes and Node's are alike, but their types do not know each other.
      return (await undiciFetch(url, wanted as unknown as UndiciRequestInit)) as unknown as Response;
    } catch (error) {
      throw explained(error);
    }
  };

  const follow = async (first: FollowableRequest, init: Init): Promise<Response> => {
    let request = first;
    for (let hops = 0; ; hops += 1) {
      const response = await send(request, init);
      const target = redirectTarget(response, request.url);
      if (!target || init.redirect === 'manual') return response;
      await response.body?.cancel();
      if (init.redirect === 'error')
        throw new TypeError('The server redirects, which this request does not allow.');
      if (hops === MAX_REDIRECTS) throw refused('The server redirects too often.');
      if (request.url.protocol === 'https:' && target.protocol !== 'https:')
        throw refused(`${request.url.host} redirects to an address that is not encrypted.`);
      request = redirected(request, response.status, target);
      if (isSpent(request.body))
        throw refused('The server redirects a request whose content cannot be sent a second time.');
    }
  };

  return {
    fetch: async (input, init) => {
      const [request, rest] = await readRequest(input, init);
      return follow(request, rest);
    },
    close: () => agent.destroy(),
  };
}

/** Brings the two ways of calling `fetch` together. */
async function readRequest(input: Parameters<Fetch>[0], init: Init = {}): Promise<[FollowableRequest, Init]> {
  if (typeof input === 'string' || input instanceof URL) {
    if (!URL.canParse(String(input))) throw refused('The address is not a complete URL.');
    const { method = 'GET', headers, body, ...rest } = init;
    const request = {
      url: new URL(input),
      method: method.toUpperCase(),
      headers: new Headers(headers),
      body,
    };
    return [request, rest];
  }
  const { url, method, headers, signal, redirect } = input;
  const body = input.body === null ? undefined : await input.arrayBuffer();
  return readRequest(url, { method, headers, body, signal, redirect, ...init });
}

function checkUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(`Addresses begin with https:// or http://, not with ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw refused(
      'The address holds a user name or a password; credentials belong into fields of their own.',
    );
}

function refused(message: string): ProviderError {
  return new ProviderError({ code: 'invalid-request', message });
}

/** A stream is read once. */
function isSpent(body: unknown): boolean {
  return (
    body instanceof ReadableStream ||
    (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
  );
}

/** What undici calls `fetch failed` has its reason in `cause`. */
function explained(error: unknown): unknown {
  let cause: unknown = error;
  for (let depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth += 1) {
    if (ProviderError.is(cause)) return cause;
    if ('code' in cause && cause.code === 'UND_ERR_HEADERS_TIMEOUT')
      return new ProviderError({ code: 'timeout', message: 'The server did not answer in time.' });
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return error;
}
