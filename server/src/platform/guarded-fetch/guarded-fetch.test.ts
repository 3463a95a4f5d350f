import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch';
import type { Lookup } from './guarded-connector';

interface Peer {
  server: Server;
  port: number;
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
}

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(answer: RequestListener): Promise<Peer> {
  const requests: Peer['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { server, port: (server.address() as AddressInfo).port, requests };
}

function guarded(options: Partial<GuardedFetchOptions> = {}): GuardedFetch {
  const made = createGuardedFetch({ allowedPrivateHosts: [], idleTimeoutMs: 5_000, ...options });
  open.push(made);
  return made;
}

/** A DNS server of our own; counts what it was asked. */
function names(table: Record<string, string[] | string[][]>): { lookup: Lookup; asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (hostname, _options, callback) => {
    const answers = table[hostname];
    const times = asked.filter((name) => name === hostname).length;
    asked.push(hostname);
    const addresses = (
      Array.isArray(answers?.[0]) ? answers[Math.min(times, answers.length - 1)] : answers
    ) as string[] | undefined;
    if (!addresses) return callback(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    const found = addresses.map((address): LookupAddress => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    process.nextTick(() => callback(null, found));
  };
  return { lookup, asked };
}

const refusal: unknown = expect.objectContaining({ code: 'invalid-request', retryable: false });
const ok: RequestListener = (_request, response) => void response.end('ok');

describe('a fetch for addresses that people type', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://LOCALHOST:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
    'http://127.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://public.example@127.0.0.1:PORT/',
    'http://user:password@localhost:PORT/',
    'http://127.0.0.1:PORT\\@public.example/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'ftp://127.0.0.1:PORT/',
    '/v1/models',
    '',
  ])('refuses %s and sends nothing', async (address) => {
    const peer = await serve(ok);
    // Not every system's resolver knows the name with the root's dot.
    const { lookup } = names({ localhost: ['127.0.0.1'], 'localhost.': ['::1', '127.0.0.1'] });
    const { fetch } = guarded({ lookup });
    await expect(fetch(address.replace('PORT', String(peer.port)))).rejects.toEqual(refusal);
    expect(peer.requests).toEqual([]);
  });

  it('says in the refusal where to and what would allow it, as an error that every copy of the contract knows', async () => {
    const error: unknown = await guarded()
      .fetch('http://10.1.2.3:8080/v1?key=abc')
      .catch((reason: unknown) => reason);
    expect(ProviderError.is(error)).toBe(true);
    expect(String(error)).toMatch(/10\.1\.2\.3:8080.*connections\.allowedPrivateHosts/);
    expect(String(error)).not.toContain('abc');
  });

  it('refuses a name that leads to a private address, or to one beside a public one', async () => {
    const peer = await serve(ok);
    const { lookup } = names({ 'one.example': ['127.0.0.1'], 'two.example': ['93.184.216.34', '127.0.0.1'] });
    const { fetch } = guarded({ lookup });
    for (const host of ['one.example', 'two.example'])
      await expect(fetch(`http://${host}:${peer.port}/`)).rejects.toEqual(refusal);
    expect(peer.requests).toEqual([]);
  });

  it('connects to the very address that it checked: a name is looked up once for a connection', async () => {
    const peer = await serve(ok);
    const dns = names({ 'rebinding.example': [['127.0.0.1'], ['10.9.9.9']] });
    const { fetch } = guarded({ lookup: dns.lookup, allowedPrivateHosts: ['127.0.0.1'] });
    expect(await (await fetch(`http://rebinding.example:${peer.port}/`)).text()).toBe('ok');
    expect(dns.asked).toEqual(['rebinding.example']);
  });

  it.each(['127.0.0.1', '127.0.0.0/8', '127.0.0.1:PORT', 'models.corp', 'models.corp:PORT', '*'])(
    'goes where the configuration allows: %s',
    async (entry) => {
      const peer = await serve(ok);
      const { lookup } = names({ 'models.corp': ['127.0.0.1'] });
      const allowedPrivateHosts = [entry.replace('PORT', String(peer.port))];
      const { fetch } = guarded({ lookup, allowedPrivateHosts });
      const response = await fetch(new URL(`http://models.corp:${peer.port}/v1`));
      expect([response.status, await response.text()]).toEqual([200, 'ok']);
    },
  );

  it('does not allow another port than the configuration names', async () => {
    const peer = await serve(ok);
    const { fetch } = guarded({ allowedPrivateHosts: ['127.0.0.1:1'] });
    await expect(fetch(`http://127.0.0.1:${peer.port}/`)).rejects.toEqual(refusal);
  });
});

describe('redirects', () => {
  const to =
    (location: string, status = 302): RequestListener =>
    (_request, response) =>
      void response.writeHead(status, { location }).end();

  it('are checked like the first address', async () => {
    const inner = await serve(ok);
    for (const location of [
      `http://localhost:${inner.port}/`,
      `http://inner.example:${inner.port}/`,
      `http://[::ffff:127.0.0.1]:${inner.port}/`,
      'file:///etc/passwd',
      `http://user:pass@allowed.example:${inner.port}/`,
    ]) {
      const outer = await serve(to(location));
      const { lookup } = names({
        'inner.example': ['127.0.0.1'],
        'allowed.example': ['127.0.0.1'],
        localhost: ['127.0.0.1'],
      });
      const { fetch } = guarded({ lookup, allowedPrivateHosts: [`127.0.0.1:${outer.port}`] });
      await expect(fetch(`http://127.0.0.1:${outer.port}/`)).rejects.toEqual(refusal);
    }
    expect(inner.requests).toEqual([]);
  });

  const secrets = {
    authorization: 'Bearer secret',
    'x-api-key': 'secret',
    'api-key': 'secret',
    cookie: 'a=secret',
    'openai-organization': 'secret',
    'x-vendor-token': 'secret',
  };

  it('to another origin carry no header that could be a secret', async () => {
    const other = await serve(ok);
    const first = await serve(to(`http://127.0.0.1:${other.port}/there`, 307));
    const { fetch } = guarded({ allowedPrivateHosts: ['127.0.0.1'] });
    const body = JSON.stringify({ n: 1 });
    const headers = { ...secrets, 'content-type': 'application/json', accept: 'text/plain' };
    await fetch(`http://127.0.0.1:${first.port}/`, { method: 'POST', headers, body });
    expect(JSON.stringify(first.requests[0]?.headers).match(/secret/g)).toHaveLength(6);
    expect(other.requests).toMatchObject([
      { method: 'POST', url: '/there', body, headers: { accept: 'text/plain' } },
    ]);
    expect(JSON.stringify(other.requests)).not.toContain('secret');
  });

  it('within an origin keep the headers, and follow the rules for methods', async () => {
    const peer = await serve((request, response) =>
      request.url === '/' ? to('/next', 303)(request, response as never) : ok(request, response as never),
    );
    const { fetch } = guarded({ allowedPrivateHosts: ['127.0.0.1'] });
    const request = { method: 'POST', headers: secrets, body: 'text' };
    const response = await fetch(`http://127.0.0.1:${peer.port}/`, request);
    expect(response.url).toBe(`http://127.0.0.1:${peer.port}/next`);
    expect(peer.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'text'],
      ['GET', ''],
    ]);
    expect(peer.requests[1]?.headers).toMatchObject(secrets);
  });

  it('end when they go in a circle', async () => {
    const peer = await serve(to('/'));
    const { fetch } = guarded({ allowedPrivateHosts: ['*'] });
    await expect(fetch(`http://127.0.0.1:${peer.port}/`)).rejects.toEqual(refusal);
    expect(peer.requests).toHaveLength(6);
  });

  it('are handed out or refused when the caller says so', async () => {
    const peer = await serve(to('/elsewhere'));
    const { fetch } = guarded({ allowedPrivateHosts: ['*'] });
    const url = `http://127.0.0.1:${peer.port}/`;
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    await expect(fetch(url, { redirect: 'error' })).rejects.toThrow('redirects');
  });
});

describe('waiting', () => {
  it('ends with the signal, before and within the answer', async () => {
    const peer = await serve((_request, response) => void response.write('first'));
    const { fetch } = guarded({ allowedPrivateHosts: ['*'] });
    const url = `http://127.0.0.1:${peer.port}/`;
    await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(peer.requests).toEqual([]);
    const controller = new AbortController();
    const response = await fetch(url, { signal: controller.signal });
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends when the other side is silent for too long', async () => {
    const silent = await serve(() => undefined);
    const stalling = await serve((_request, response) => void response.write('first'));
    const { fetch } = guarded({ allowedPrivateHosts: ['*'], idleTimeoutMs: 100 });
    await expect(fetch(`http://127.0.0.1:${silent.port}/`)).rejects.toMatchObject({ code: 'timeout' });
    const response = await fetch(`http://127.0.0.1:${stalling.port}/`);
    await expect(response.text()).rejects.toThrow();
  });

  it('takes a whole Request, with its method, headers and body', async () => {
    const peer = await serve(ok);
    const { fetch } = guarded({ allowedPrivateHosts: ['*'] });
    const headers = { 'x-api-key': 'key' };
    await fetch(new Request(`http://127.0.0.1:${peer.port}/a`, { method: 'PUT', headers, body: 'text' }));
    expect(peer.requests).toMatchObject([{ method: 'PUT', url: '/a', headers, body: 'text' }]);
  });
});
