import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser's handshake comes from a page of ours: browsers let any page open a socket to any server, and say where it comes from.
 * What sends no `Origin` is no browser, and cannot be tricked into calling. `own` are further addresses that the server is known by.
 */
export function isOwnOrigin(
  request: Pick<IncomingMessage, 'headers'>,
  { own, trustProxy }: { own: readonly string[]; trustProxy: boolean },
): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const from = urlOf(origin);
  if (!from) return false;
  const forwarded = trustProxy ? request.headers['x-forwarded-host'] : undefined;
  const hosts = [host, ...(typeof forwarded === 'string' ? forwarded.split(',') : [])];
  // The scheme is what a proxy may have changed on the way; its port is left out where it is the scheme's own.
  if (
    hosts.some((name) => name !== undefined && urlOf(`${from.protocol}//${name.trim()}`)?.host === from.host)
  )
    return true;
  return own.some((address) => urlOf(address)?.origin === from.origin);
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
