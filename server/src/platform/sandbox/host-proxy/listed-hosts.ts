import { isIP } from 'node:net';
import { NetworkUnavailableError } from '../sandbox-error';

/** Whether a run may speak to a host's port. */
export type ListedHosts = (host: string, port: number) => boolean;

export interface HostAndPort {
  /** Lower case, without the root's dot and without brackets; whatever writes an IPv4 address is that address. */
  host: string;
  port: number | undefined;
}

/** What an entry without a port opens. */
const webPorts = [80, 443];
const pattern = /^(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::(\d{1,5}))?$/i;

/** Whether `readListedHosts` would take this entry. */
export function isListedHost(entry: string): boolean {
  return parse(entry.trim()) !== undefined;
}

/**
 * Reads a list of hosts: each a name or an address, with `*.` before it for all names below it, and with a port or without. Throws
 * `NetworkUnavailableError`, which names the entry, for what is none of these: a typing error must not open anything.
 */
export function readListedHosts(entries: readonly string[]): ListedHosts {
  const rules = entries.map((entry) => {
    const parsed = parse(entry.trim());
    if (parsed) return parsed;
    throw new NetworkUnavailableError(`"${entry}" is no host that a sandbox could be held to.`);
  });
  return (host, port) =>
    rules.some((rule) => {
      if (!(rule.port === undefined ? webPorts.includes(port) : rule.port === port)) return false;
      return rule.below ? isIP(host) === 0 && host.endsWith(`.${rule.host}`) : host === rule.host;
    });
}

/**
 * Reads `host:port` as it stands in a request. Undefined for anything else: user names, paths, blanks. Names are made what a browser
 * would make of them, so that an address cannot be disguised as a name.
 */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const parsed = parse(text);
  return parsed && !parsed.below ? parsed : undefined;
}

function parse(text: string): (HostAndPort & { below: boolean }) | undefined {
  const [, below, name = '', digits] = pattern.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (name === '' || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  const url = `http://${name}`;
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '');
  // Nothing lies below an address.
  return host === '' || (below && isIP(host) !== 0) ? undefined : { host, port, below: below !== undefined };
}
