import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lookup } from '../../guarded-fetch';
import type { SandboxImplementation } from '../sandbox';
import { createStand, run, type Outcome, type Stand } from './stand';

export interface HostsSubject {
  /** An implementation that may reach these private addresses where they are listed, and finds names by `lookup`. */
  open(settings: { allowedPrivateHosts: string[]; lookup: Lookup }): SandboxImplementation;
  /** A command that asks for a URL, follows redirects and prints what it gets; it fails when it gets nothing. */
  get(url: string): readonly string[];
}

export interface HostsWorld {
  stand: Stand;
  /** Ports of this machine: one that is allowed by the operator, and one that is not, as the server's own. */
  ports: { allowed: number; own: number };
  requests: { allowed: IncomingMessage[]; own: IncomingMessage[] };
}

/** All of them lead to this machine; of `two-faced.test` one address is public. */
const names: Record<string, string[]> = {
  'allowed.test': ['127.0.0.1'],
  'deep.below.test': ['127.0.0.1'],
  'below.test': ['127.0.0.1'],
  'inner.test': ['127.0.0.1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'two-faced.test': ['93.184.215.14', '127.0.0.1'],
};

const lookup: Lookup = (hostname, _, callback) => {
  const addresses = names[hostname];
  if (!addresses) return callback(Object.assign(new Error('No such name.'), { code: 'ENOTFOUND' }), []);
  callback(
    null,
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
};

/** Being let out to single hosts, and no further. */
export function describeHosts(
  name: string,
  subject: HostsSubject,
  more: (world: () => HostsWorld) => void = () => undefined,
): void {
  describe(`${name}, held to hosts`, () => {
    jest.setTimeout(60_000);
    let servers: { allowed: Server; own: Server };
    let implementation: SandboxImplementation;
    const ports = { allowed: 0, own: 0 };
    const requests: HostsWorld['requests'] = { allowed: [], own: [] };

    beforeAll(async () => {
      servers = { allowed: await serve(requests.allowed), own: await serve(requests.own) };
      ports.allowed = (servers.allowed.address() as AddressInfo).port;
      ports.own = (servers.own.address() as AddressInfo).port;
      const hosts = ['allowed.test', 'deep.below.test', 'below.test', '127.0.0.1'];
      implementation = subject.open({
        allowedPrivateHosts: hosts.map((host) => `${host}:${ports.allowed}`),
        lookup,
      });
    });
    afterAll(async () => {
      await implementation.close();
      for (const server of Object.values(servers)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });
    beforeEach(() => {
      requests.allowed.length = 0;
      requests.own.length = 0;
    });

    const stand = createStand(() => ({ implementation, hasProcesses: false }));
    const get = async (url: string, hosts: readonly string[]): Promise<Outcome> =>
      run(await stand.sandbox({}, { network: { hosts }, limits: { timeMs: 20_000 } }), subject.get(url));

    it('reaches one that is listed, and what that answers comes back', async () => {
      const { allowed } = ports;
      const outcome = await get(`http://allowed.test:${allowed}/a?b=c`, [`allowed.test:${allowed}`]);
      expect(outcome).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('reached /a?b=c') });
      expect(requests.allowed.map(({ headers }) => headers.host)).toEqual([`allowed.test:${allowed}`]);
    });

    it('reaches what lies below one, and not that itself', async () => {
      const { allowed } = ports;
      const hosts = [`*.below.test:${allowed}`];
      expect((await get(`http://deep.below.test:${allowed}/`, hosts)).stdout).toContain('reached');
      expect((await get(`http://below.test:${allowed}/`, hosts)).stdout).not.toContain('reached');
    });

    it('is not told of what is reached elsewhere', async () => {
      const { allowed, own } = ports;
      const to = `http://allowed.test:${allowed}/redirect?to=${encodeURIComponent(`http://inner.test:${own}/`)}`;
      const outcome = await get(to, [`allowed.test:${allowed}`]);
      expect(outcome.stdout).not.toContain('reached');
      expect(requests.own).toHaveLength(0);
    });

    it.each<[string, (port: number, allowed: number) => [string, string[]]]>([
      ['a host that is not listed', (_, at) => [`http://below.test:${at}/`, [`allowed.test:${at}`]]],
      ['another port of one that is', (own, at) => [`http://allowed.test:${own}/`, [`allowed.test:${at}`]]],
      ['a port that no entry names', (_, at) => [`http://allowed.test:${at}/`, ['allowed.test']]],
      ['a listed name of this machine', (own) => [`http://inner.test:${own}/`, [`inner.test:${own}`]]],
      [
        'a listed name of this machine, in IPv6',
        (own) => [`http://mapped.test:${own}/`, [`mapped.test:${own}`]],
      ],
      ['a listed name with two faces', (own) => [`http://two-faced.test:${own}/`, [`two-faced.test:${own}`]]],
      [
        "the host's own port by its address",
        (own) => [`http://127.0.0.1:${own}/`, [`127.0.0.1:${own}`, '*.test']],
      ],
      ["the host's own port by a number", (own) => [`http://2130706433:${own}/`, [`2130706433:${own}`]]],
      ["the host's own port by short forms", (own) => [`http://127.1:${own}/`, [`127.1:${own}`]]],
      ["the host's own port by its name", (own) => [`http://localhost:${own}/`, [`localhost:${own}`]]],
      [
        "the host's own port in IPv6",
        (own) => [`http://[::1]:${own}/`, [`[::1]:${own}`, `::1:${own}`].slice(0, 1)],
      ],
      ['all addresses at once', (own) => [`http://0.0.0.0:${own}/`, [`0.0.0.0:${own}`]]],
      [
        'the metadata of clouds',
        () => ['http://169.254.169.254/latest', ['169.254.169.254', 'metadata.test']],
      ],
      ['the metadata of clouds by a name', () => ['http://metadata.test/latest', ['metadata.test']]],
      [
        'a user name that looks like a listed host',
        (own, at) => [`http://allowed.test:${at}@inner.test:${own}/`, [`allowed.test:${at}`]],
      ],
    ])('does not reach %s', async (_, of) => {
      const [url, hosts] = of(ports.own, ports.allowed);
      const outcome = await get(url, hosts);
      expect(outcome.stdout).not.toContain('reached');
      expect(requests).toEqual({ allowed: [], own: [] });
    });

    it('has no network at all where none is listed', async () => {
      const outcome = await get(`http://allowed.test:${ports.allowed}/`, []);
      expect(outcome.exitCode).not.toBe(0);
      expect(requests.allowed).toHaveLength(0);
    });

    it.each([
      '',
      'http://allowed.test',
      'a b',
      'allowed.test:99999',
      '*',
      '*.',
      '**.test',
      'user@allowed.test',
      'a.test/x',
    ])('is refused for a list with %j', async (entry) => {
      const network = { hosts: ['allowed.test', entry] };
      await expect(stand.sandbox({}, { network })).rejects.toMatchObject({
        details: { code: 'network-unavailable' },
      });
    });

    it('keeps several at once apart', async () => {
      const { allowed } = ports;
      const url = (host: string) => `http://${host}:${allowed}/`;
      const [first, second] = await Promise.all(
        ['allowed.test', 'below.test'].map((host) =>
          stand.sandbox({}, { network: { hosts: [`${host}:${allowed}`] } }),
        ),
      );
      if (!first || !second) throw new Error('There should be two.');
      const outcomes = await Promise.all([
        run(first, subject.get(url('allowed.test'))),
        run(first, subject.get(url('below.test'))),
        run(second, subject.get(url('allowed.test'))),
        run(second, subject.get(url('below.test'))),
      ]);
      expect(outcomes.map(({ stdout }) => stdout.includes('reached'))).toEqual([true, false, false, true]);
    });

    more(() => ({ stand, ports, requests }));
  });
}

async function serve(requests: IncomingMessage[]): Promise<Server> {
  const server = createServer((request, response) => {
    requests.push(request);
    const to = new URL(request.url ?? '', 'http://here').searchParams.get('to');
    if (to) response.writeHead(302, { location: to });
    // Who hangs up before all was read may lose the answer with it.
    request.resume().once('end', () => response.end(to ? '' : `reached ${request.url}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return server;
}
