// By its default export: as an ES module, Node finds no other in it.
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** All that is handed out to networks of the Internet: https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast = [0x2000, 3] as const;

/**
 * Public by their numbers, and yet no part of the Internet: from within a cloud they lead to the host that a machine runs on. What other
 * clouds have of the kind (100.100.100.200, 192.0.0.192, fd00:ec2::254, fd20:ce::254) lies in ranges that are set aside.
 */
const cloudHosts = new Set([
  // Azure's, which hands out a machine's certificates and settings:
  // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  '168.63.129.16',
]);

/**
 * Whether an address is one of the public Internet. Everything that is set aside is not: private, loopback, link-local (with the
 * clouds' metadata), unique-local, carrier-grade NAT, multicast, unspecified, reserved, documentation; nor are the hosts of clouds. Of
 * IPv6 addresses that carry an IPv4 address, that one counts.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.parse(withoutZone(address));
  return parsed.kind() === 'ipv4' ? isPublic4(parsed as IPv4) : isPublic6(parsed as IPv6);
}

/** The address as it is compared: an IPv4 address that was mapped into IPv6 is itself again. */
export function plainAddress(address: string): IPv4 | IPv6 {
  const parsed = ipaddr.parse(withoutZone(address));
  if (parsed.kind() === 'ipv6' && (parsed as IPv6).isIPv4MappedAddress())
    return (parsed as IPv6).toIPv4Address();
  return parsed;
}

function isPublic4(address: IPv4): boolean {
  return address.range() === 'unicast' && !cloudHosts.has(address.toString());
}

function isPublic6(address: IPv6): boolean {
  if (address.isIPv4MappedAddress()) return isPublic4(address.toIPv4Address());
  const range = address.range();
  // NAT64: what a network without IPv4 makes of one. The last four bytes are where it goes.
  if (range === 'rfc6052') return isPublic6(ipaddr.parse(`::ffff:${lastFourBytes(address)}`) as IPv6);
  const [prefix, bits] = globalUnicast;
  return range === 'unicast' && (address.parts[0] ?? 0) >> (16 - bits) === prefix >> (16 - bits);
}

function lastFourBytes(address: IPv6): string {
  return address.toByteArray().slice(-4).join('.');
}

/** `fe80::1%eth0`: the zone names a network card of this server. */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
