/** As many as a browser would never need and a loop soon reaches. */
export const MAX_REDIRECTS = 5;

/**
 * What may follow a request to another origin. A list of what may, not of what may not: vendors name the headers that carry
 * their keys as they like (`x-api-key`, `api-key`, `openai-organization`).
 */
const harmlessHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'range',
  'user-agent',
]);

export interface FollowableRequest {
  url: URL;
  method: string;
  headers: Headers;
  body: unknown;
}

/** The address that an answer sends on to; undefined when it does not. */
export function redirectTarget(response: Pick<Response, 'status' | 'headers'>, from: URL): URL | undefined {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined;
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

/**
 * The request that follows a redirect, as the Fetch standard has it (https://fetch.spec.whatwg.org/#http-redirect-fetch), but
 * without any header that could be a secret once the origin is another.
 */
export function redirected(request: FollowableRequest, status: number, url: URL): FollowableRequest {
  const headers = new Headers(request.headers);
  if (url.origin !== request.url.origin) {
    for (const name of [...headers.keys()]) if (!harmlessHeaders.has(name)) headers.delete(name);
  }
  const becomesGet =
    (status === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    ((status === 301 || status === 302) && request.method === 'POST');
  if (!becomesGet) return { ...request, url, headers };
  for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language'])
    headers.delete(name);
  return { url, method: 'GET', headers, body: undefined };
}
