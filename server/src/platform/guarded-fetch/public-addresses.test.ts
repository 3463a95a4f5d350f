import { isPublicAddress } from './public-addresses';

it.each([
  ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
  ['link-local, with the metadata of clouds', ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0']],
  ['unique-local', ['fc00::1', 'fd00:ec2::254']],
  ['the hosts of clouds', ['168.63.129.16', '::ffff:168.63.129.16', '64:ff9b::168.63.129.16']],
  [
    'other metadata of clouds',
    ['100.100.100.200', '192.0.0.192', '169.254.170.2', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe'],
  ],
  ['carrier-grade NAT', ['100.64.0.1', '100.127.255.255', '100.100.100.200']],
  ['unspecified and broadcast', ['0.0.0.0', '0.1.2.3', '255.255.255.255', '::']],
  ['multicast', ['224.0.0.1', '239.255.255.250', 'ff02::1']],
  ['reserved and documentation', ['192.0.2.1', '198.18.0.1', '203.0.113.7', '240.0.0.1', '2001:db8::1']],
  [
    'IPv4 within IPv6',
    ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ],
  [
    'tunnels and translations',
    ['2002:7f00:1::', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '2001::1', '64:ff9b:1::1'],
  ],
  ['site-local and discard', ['fec0::1', '100::1']],
])('refuses %s', (_name, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

it('lets the Internet through', () => {
  const addresses = [
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '168.63.129.15',
    '168.63.129.17',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ];
  expect(addresses.filter((address) => !isPublicAddress(address))).toEqual([]);
});
