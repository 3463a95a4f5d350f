import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { buildConnector } from 'undici';
import type { AllowedHosts } from './allowed-hosts';
import { isPublicAddress } from './public-addresses';

/** Finds all addresses of a name, as `dns.lookup` does. */
export type Lookup = (
  hostname: string,
  options: { all: true; family?: number },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface ConnectorOptions {
  allowed: AllowedHosts;
  lookup?: Lookup;
  connectTimeoutMs?: number;
}

/**
 * Opens connections to allowed addresses alone. The addresses are checked where they are used: what the name led to is what is
 * connected to, so no second look-up can answer differently; and the socket's own peer is checked once more.
 */
export function createGuardedConnector(options: ConnectorOptions): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>();
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const may = (address: string) =>
      isPublicAddress(address) || options.allowed({ hostname: target.hostname, address, port });
    if (isIP(target.hostname) && !may(target.hostname)) {
      return callback(refusal(target.hostname, port), null);
    }
    // A connector keeps the TLS sessions; it is made anew for a port because a look-up is not told of it.
    const connect = connectors.get(port) ?? buildConnector(connectorOptions(port, options));
    connectors.set(port, connect);
    connect(target, (error, socket) => {
      if (error) return callback(error, null);
      const peer = socket.remoteAddress;
      if (peer !== undefined && may(peer)) return callback(null, socket);
      socket.destroy();
      callback(refusal(target.hostname, port), null);
    });
  };
}

function connectorOptions(
  port: number,
  { allowed, lookup = systemLookup, connectTimeoutMs }: ConnectorOptions,
): buildConnector.BuildOptions {
  const guarded: LookupFunction = (hostname, wanted, callback) => {
    const family = typeof wanted.family === 'number' ? wanted.family : 0;
    lookup(hostname, { all: true, family }, (error, addresses) => {
      if (error) return callback(error, '');
      // One bad address among good ones is how a rebinding attack looks: nothing of it is used.
      const isAllowed = ({ address }: LookupAddress) =>
        isPublicAddress(address) || allowed({ hostname, address, port });
      if (!addresses.every(isAllowed)) return callback(refusal(hostname, port), '');
      if (wanted.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family);
    });
  };
  return { lookup: guarded, ...(connectTimeoutMs === undefined ? {} : { timeout: connectTimeoutMs }) };
}

/** Nothing has been sent. The sentence names what an operator would have to allow. */
export function refusal(hostname: string, port: number): ProviderError {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return new ProviderError({
    code: 'invalid-request',
    message:
      `Requests to ${host}:${port} are refused, because it is a private or local address. ` +
      'An operator can allow it under connections.allowedPrivateHosts in the configuration of the skills plugin.',
  });
}
