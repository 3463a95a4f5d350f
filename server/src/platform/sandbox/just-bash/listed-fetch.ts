import type { GuardedFetch } from '../../guarded-fetch';
import { parseHostAndPort, type ListedHosts } from '../host-proxy/listed-hosts';
import type { FetchAnswer, FetchRequest } from './protocol';

const defaultTimeoutMs = 30_000;
const maxTimeoutMs = 120_000;
const maxRedirects = 20;
/** Of an answer, which is held in memory. */
const maxAnswerBytes = 10 * 1024 * 1024;

export type ListedFetch = (request: FetchRequest, signal: AbortSignal) => Promise<FetchAnswer>;

/**
 * What `curl` and Python ask for in a sandbox that may reach single hosts, asked by the server: only there are names resolved and
 * addresses checked. Each redirect is held against the list anew. Rejects with a sentence for whoever asked.
 */
export function createListedFetch(listed: ListedHosts, guarded: GuardedFetch): ListedFetch {
  return async (request, signal) => {
    const timeout = AbortSignal.timeout(Math.min(request.timeoutMs ?? defaultTimeoutMs, maxTimeoutMs));
    const ended = AbortSignal.any([signal, timeout]);
    let { url, method, body } = request;
    let headers = new Headers(request.headers);
    for (let hops = 0; ; hops += 1) {
      const asked = checked(url, listed);
      const response = await guarded.fetch(asked, {
        method,
        headers,
        body,
        redirect: 'manual',
        signal: ended,
      });
      const location = response.headers.get('location');
      if (!request.followRedirects || response.status < 300 || response.status > 399 || location === null) {
        return {
          url: asked.href,
          status: response.status,
          statusText: response.statusText,
          headers: Object.fromEntries(response.headers),
          body: await readBody(response),
        };
      }
      await response.body?.cancel();
      if (hops >= Math.min(request.maxRedirects ?? maxRedirects, maxRedirects)) {
        throw new Error(`${url} redirects too often.`);
      }
      const next = new URL(location, asked);
      if (next.origin !== asked.origin) headers = withoutCredentials(headers);
      if (response.status === 303 || (response.status < 303 && method === 'POST')) {
        method = 'GET';
        body = undefined;
      }
      url = next.href;
    }
  };
}

/** What a name is called in a URL is what it is called in the list: both have been read the same way. */
function checked(text: string, listed: ListedHosts): URL {
  if (!URL.canParse(text)) throw new Error(`"${text}" is no URL.`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(`${url.protocol} is not spoken here.`);
  if (url.username !== '' || url.password !== '') throw new Error('URLs with user names are not asked for.');
  const target = parseHostAndPort(url.host);
  const port = target?.port ?? (url.protocol === 'https:' ? 443 : 80);
  if (!target || !listed(target.host, port)) {
    throw new Error(`${url.hostname}:${port} is not among the hosts that this sandbox may reach.`);
  }
  return url;
}

function withoutCredentials(headers: Headers): Headers {
  const rest = new Headers(headers);
  for (const name of ['authorization', 'cookie', 'proxy-authorization']) rest.delete(name);
  return rest;
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error(`The answer is larger than ${maxAnswerBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
