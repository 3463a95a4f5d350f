import { describeHosts, type HostsWorld } from '../conformance/hosts';
import { run, type Outcome } from '../conformance/stand';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';
import { forwarderPort } from './forwarder';

const get = (url: string) => [
  'python3',
  '-c',
  'import sys, urllib.request\nprint(urllib.request.urlopen(sys.argv[1], timeout=8).read().decode())',
  url,
];

/** What is written to the proxy as it stands, `\r\n` between the lines, and then all that comes back. */
const rawSource = [
  'import socket, sys',
  `s = socket.create_connection(("127.0.0.1", ${forwarderPort}), 5)`,
  's.settimeout(5)',
  's.sendall(sys.argv[1].encode("latin1").decode("unicode_escape").encode("latin1"))',
  'try:',
  '    while True:',
  '        part = s.recv(65536)',
  '        if not part: break',
  '        sys.stdout.write(part.decode("latin1"))',
  '        if len(sys.argv) > 2 and b"200" in part: s.sendall(b"GET /tunnelled HTTP/1.0\\r\\n\\r\\n")',
  'except OSError as error: print(error)',
].join('\n');

describeWhereBubblewrapIs('bubblewrap', () => {
  for (const forwarder of ['socat', 'node'] as const) {
    describeHosts(
      `by ${forwarder}`,
      { open: (settings) => createBubblewrap({ ...settings, forwarders: [forwarder] }), get },
      describeProxy,
    );
  }

  it('is refused hosts where nothing can lead to the proxy', async () => {
    const implementation = createBubblewrap({ forwarders: [] });
    const limits = { timeMs: 1, memoryBytes: 2 ** 28, processes: 8, diskBytes: 2 ** 20, outputBytes: 1000 };
    const created = implementation.create({ files: [], limits, env: {}, network: { hosts: ['a.test'] } });
    await expect(created).rejects.toMatchObject({ details: { code: 'network-unavailable' } });
    await implementation.close();
  });
});

/** What a program may say to the proxy when it does not care for manners. */
function describeProxy(world: () => HostsWorld): void {
  const open = () => {
    const { stand, ports } = world();
    const network = { hosts: [`allowed.test:${ports.allowed}`] };
    return stand.sandbox({ 'raw.py': rawSource }, { network, limits: { timeMs: 20_000 } });
  };
  const raw = async (text: string, ...more: string[]): Promise<Outcome> => {
    const { ports } = world();
    const filled = text.replaceAll('ALLOWED', String(ports.allowed)).replaceAll('OWN', String(ports.own));
    return run(await open(), ['python3', 'raw.py', filled, ...more]);
  };

  it('tunnels to a host that is listed', async () => {
    const { stdout } = await raw('CONNECT allowed.test:ALLOWED HTTP/1.1\\r\\n\\r\\n', 'tunnel');
    expect(stdout).toMatch(/^HTTP\/1\.1 200[^]*reached \/tunnelled$/);
  });

  it.each([
    'CONNECT allowed.test:OWN',
    'CONNECT inner.test:OWN',
    'CONNECT 127.0.0.1:OWN',
    'CONNECT 127.0.0.1:ALLOWED',
    'CONNECT 2130706433:OWN',
    'CONNECT 0x7f.1:OWN',
    'CONNECT [::1]:OWN',
    'CONNECT [::ffff:127.0.0.1]:ALLOWED',
    'CONNECT allowed.test',
    'CONNECT allowed.test:ALLOWED@inner.test:OWN',
    'CONNECT allowed.test:ALLOWED#@inner.test:OWN',
    'CONNECT allowed.test:0',
    'CONNECT inner.test:OWN?allowed.test:ALLOWED',
    'CONNECT http://allowed.test:ALLOWED/',
    'GET /',
    'GET https://allowed.test:ALLOWED/',
    'GET ftp://allowed.test:ALLOWED/',
    'GET http://allowed.test:ALLOWED@inner.test:OWN/',
    'GET http://inner.test:OWN\\\\@allowed.test:ALLOWED/',
    'GET http://inner.test:OWN/http://allowed.test:ALLOWED/',
    'GET http://inner.test:OWN#@allowed.test:ALLOWED/',
    'GET http:/inner.test:OWN/',
    'GET unix:/run/launch/proxy:/',
  ])('refuses %s', async (line) => {
    const { stdout } = await raw(`${line} HTTP/1.1\\r\\nHost: allowed.test:ALLOWED\\r\\n\\r\\n`, 'tunnel');
    expect(stdout).not.toContain('reached');
    expect(stdout).not.toMatch(/^HTTP\/1\.1 2/);
    expect(world().requests).toEqual({ allowed: [], own: [] });
  });

  it('asks for the host of the URL, whatever `Host` says, and tells it nothing of the way', async () => {
    const head =
      'Host: inner.test\\r\\nProxy-Authorization: x\\r\\nConnection: X-Hop\\r\\nX-Hop: 1\\r\\nX-Own: 2';
    await raw(`GET http://allowed.test:ALLOWED/ HTTP/1.1\\r\\n${head}\\r\\n\\r\\n`);
    const { ports, requests } = world();
    const [headers] = requests.allowed.map((request) => request.headers);
    expect(headers).toMatchObject({ host: `allowed.test:${ports.allowed}`, 'x-own': '2' });
    expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(['proxy-authorization']));
    expect(headers).not.toHaveProperty('x-hop');
  });

  it('passes one request on a connection, not what is hidden in its body', async () => {
    const smuggled = 'GET /smuggled HTTP/1.1\\r\\nHost: inner.test:OWN\\r\\n\\r\\n';
    const lengths = 'Content-Length: 4\\r\\nTransfer-Encoding: chunked';
    await raw(
      `POST http://allowed.test:ALLOWED/ HTTP/1.1\\r\\nHost: x\\r\\n${lengths}\\r\\n\\r\\n0\\r\\n\\r\\n${smuggled}`,
    );
    const paths = world().requests.allowed.map(({ url }) => url);
    expect(paths).not.toContain('/smuggled');
    expect(world().requests.own).toHaveLength(0);
  });

  it('passes bodies on, both ways', async () => {
    const { ports } = world();
    const source =
      'import sys, urllib.request\nurl = sys.argv[1]\n' +
      'print(urllib.request.urlopen(urllib.request.Request(url, data=b"x" * 3_000_000), timeout=9).read().decode())';
    const outcome = await run(await open(), [
      'python3',
      '-c',
      source,
      `http://allowed.test:${ports.allowed}/sent`,
    ]);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'reached /sent\n' });
    expect(world().requests.allowed[0]?.headers['content-length']).toBe('3000000');
  });

  it('is the only way out', async () => {
    const { ports } = world();
    const source =
      'import socket\n' +
      `for host, port in [("127.0.0.1", ${ports.own}), ("127.0.0.1", ${ports.allowed}), ("1.1.1.1", 80), ("169.254.169.254", 80)]:\n` +
      '    try:\n        socket.create_connection((host, port), 2)\n        print("connected", host, port)\n' +
      '    except OSError as error: print("no")\n' +
      'try: socket.getaddrinfo("allowed.test", 80)\nexcept OSError: print("no")\n' +
      's = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n' +
      'try: s.sendto(b"x", ("1.1.1.1", 53)); print("sent")\nexcept OSError: print("no")';
    expect((await run(await open(), ['python3', '-c', source])).stdout).toBe('no\n'.repeat(6));
  });

  it('has a socket that no other sandbox can see, and that cannot be replaced', async () => {
    const { stdout } = await run(await open(), [
      'bash',
      '-c',
      'ls /run /run/launch | grep -c proxy; rm -f /run/launch/proxy 2> /dev/null || echo kept; ls /tmp',
    ]);
    expect(stdout).toBe('1\nkept\n');
  });

  it('is there for every command, and nobody waits for what leads to it', async () => {
    const { ports } = world();
    const sandbox = await open();
    const url = `http://allowed.test:${ports.allowed}/`;
    for (let round = 0; round < 3; round += 1) {
      expect((await run(sandbox, get(url))).stdout).toContain('reached');
    }
    const source = 'import os\ntry: os.wait()\nexcept ChildProcessError: print("no child")';
    expect((await run(sandbox, ['python3', '-c', source])).stdout).toBe('no child\n');
    const { stdout } = await run(sandbox, ['bash', '-c', 'echo $HTTP_PROXY $https_proxy; echo $no_proxy']);
    const proxy = `http://127.0.0.1:${forwarderPort}`;
    expect(stdout).toBe(`${proxy} ${proxy}\nlocalhost,127.0.0.1,::1\n`);
  });

  it('serves many at once', async () => {
    const { ports } = world();
    const source =
      'import sys, urllib.request\nfrom concurrent.futures import ThreadPoolExecutor\n' +
      'ask = lambda _: urllib.request.urlopen(sys.argv[1], timeout=20).read()\n' +
      'with ThreadPoolExecutor(16) as pool: print(len([answer for answer in pool.map(ask, range(100)) if b"reached" in answer]))';
    const outcome = await run(await open(), [
      'python3',
      '-c',
      source,
      `http://allowed.test:${ports.allowed}/`,
    ]);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: '100\n' });
  });
}
