// By its default export: as an ES module, Node finds no other in it.
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { plainAddress } from './public-addresses';

/** Where a connection is about to go: the name in the URL, the address that it led to, and the port. */
export interface Destination {
  hostname: string;
  address: string;
  port: number;
}

export type AllowedHosts = (destination: Destination) => boolean;

/**
 * Reads `allowedPrivateHosts`: each entry is a host's name, an address or a range of addresses, with a port or without
 * (`localhost:11434`, `10.0.0.0/8`, `[::1]:8080`), or `*` for everything. Throws, naming the entry, for what is none of these.
 */
export function readAllowedHosts(entries: readonly string[]): AllowedHosts {
  const rules = entries.map(readEntry);
  return (destination) => rules.some((rule) => rule(destination));
}

/** Whether `readAllowedHosts` understands an entry. */
export function isAllowedHostEntry(entry: string): boolean {
  return parseEntry(entry) !== undefined;
}

function readEntry(entry: string): AllowedHosts {
  const rule = parseEntry(entry);
  if (rule) return rule;
  throw new Error(
    `'${entry}' is neither a host, an address nor a range of addresses, with a port or without.`,
  );
}

function parseEntry(entry: string): AllowedHosts | undefined {
  const text = entry.trim();
  if (text === '*') return () => true;
  const { host, port } = splitPort(text);
  if (port !== undefined && !(port >= 1 && port <= 65_535)) return undefined;
  const fitsHost = readHost(host);
  if (!fitsHost) return undefined;
  return (destination) => (port === undefined || port === destination.port) && fitsHost(destination);
}

/** An IPv6 address with a port stands in brackets; without, its last group would look like one. */
function splitPort(text: string): { host: string; port?: number } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:]+)(?::(\d+))?$/.exec(text);
  const [, host, port] = bracketed ?? plain ?? [undefined, text];
  return { host: host ?? text, ...(port === undefined ? {} : { port: Number(port) }) };
}

function readHost(host: string): AllowedHosts | undefined {
  if (ipaddr.isValidCIDR(host)) {
    const [network, bits] = ipaddr.parseCIDR(host);
    return ({ address }) => isWithin(plainAddress(address), network, bits);
  }
  if (ipaddr.isValid(host)) {
    const wanted = plainAddress(host).toNormalizedString();
    return ({ address }) => plainAddress(address).toNormalizedString() === wanted;
  }
  if (!/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(host)) return undefined;
  const wanted = hostKey(host);
  return ({ hostname }) => hostKey(hostname) === wanted;
}

function isWithin(address: IPv4 | IPv6, network: IPv4 | IPv6, bits: number): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Names are the same whatever their case, and with or without the root's dot. */
function hostKey(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}
