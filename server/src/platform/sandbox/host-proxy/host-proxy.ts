import { chmod, chown } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dial, PrivateAddressError, type DialSettings } from './dial';
import { forward } from './forward';
import { parseHostAndPort, readListedHosts, type ListedHosts } from './listed-hosts';

/**
 * The way out of a sandbox that may reach single hosts: a proxy for HTTP and, by tunnels, HTTPS, on a socket in a folder of that
 * sandbox alone. Every sandbox has one of its own with its own list, which is why it is not `@anthropic-ai/sandbox-runtime`: that one
 * has a single configuration for the whole process.
 *
 * Which host a tunnel leads to is known and held; what is said within is encrypted, and a server that answers for many names may be
 * asked for another of them.
 */
export interface HostProxy {
  /** Ends all connections, and removes the socket. */
  close(): Promise<void>;
}

export interface HostProxyOptions extends DialSettings {
  /** Where the socket is made. */
  path: string;
  hosts: readonly string[];
  /** Who may connect besides the server's own user. */
  user: { uid: number; gid: number } | undefined;
}

export interface Target {
  host: string;
  port: number;
}

const maxConnections = 64;
/** A connection on which nothing moves is closed after this time. */
const idleMs = 300_000;

/** A request that is not passed on, for people. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Rejects with `NetworkUnavailableError` for a list that cannot be held to. */
export async function openHostProxy(options: HostProxyOptions): Promise<HostProxy> {
  const listed = readListedHosts(options.hosts);
  const tunnels = new Set<Duplex>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 5_000 });
  server.maxConnections = maxConnections;
  server.timeout = idleMs;
  const open = (target: Target) => dialListed(target, listed, options);

  server.on('request', (request, response) => {
    answer(request, response, open).catch((error: unknown) => refuse(response, error));
  });
  server.on('connect', (request, client, head) => {
    tunnels.add(client);
    client.once('close', () => tunnels.delete(client));
    client.on('error', () => undefined);
    tunnel(request, client, head, open).catch((error: unknown) => refuseTunnel(client, error));
  });
  server.on('clientError', (_, client) => client.destroy());
  await listen(server, options);

  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const client of tunnels) client.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, { path, user }: HostProxyOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  if (user) await chown(path, user.uid, user.gid);
}

async function dialListed(
  { host, port }: Target,
  listed: ListedHosts,
  settings: DialSettings,
): Promise<Socket> {
  // What is not listed is not even looked up: a name is a message, too.
  if (!listed(host, port)) {
    throw new Refusal(403, `${host}:${port} is not among the hosts that this sandbox may reach.`);
  }
  const socket = await dial(host, port, settings).catch((error: unknown) => {
    if (error instanceof PrivateAddressError)
      throw new Refusal(403, `${error.message} It is not reached from here.`);
    throw new Refusal(502, `${host}:${port} could not be reached.`);
  });
  socket.setTimeout(idleMs, () => socket.destroy());
  return socket;
}

/** A whole URL is what a proxy is asked for; everything else is meant for a server, and there is none. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  open: (target: Target) => Promise<Socket>,
): Promise<void> {
  const [, authority = '', path = ''] = /^http:\/\/([^/?#\\]*)([^#]*)$/i.exec(request.url ?? '') ?? [];
  const target = parseHostAndPort(authority);
  if (!target) throw new Refusal(400, 'This is a proxy for addresses such as http://example.com/.');
  const { host, port = 80 } = target;
  const socket = await open({ host, port });
  await forward(request, response, { socket, authority, path: path.startsWith('/') ? path : `/${path}` });
}

async function tunnel(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  open: (target: Target) => Promise<Socket>,
): Promise<void> {
  const target = parseHostAndPort(request.url ?? '');
  if (target?.port === undefined) throw new Refusal(400, 'A tunnel needs a host and a port.');
  const upstream = await open({ host: target.host, port: target.port });
  upstream.on('error', () => undefined);
  if (client.destroyed) {
    upstream.destroy();
    return;
  }
  client.once('close', () => upstream.destroy());
  upstream.once('close', () => client.destroy());
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  if (head.length > 0) upstream.write(head);
  // How a connection between others breaks is nobody's error here.
  await Promise.all([pipeline(client, upstream), pipeline(upstream, client)]).catch(() => undefined);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, text } = describe(error);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(text);
}

function refuseTunnel(client: Duplex, error: unknown): void {
  const { status, text } = describe(error);
  const head = [`HTTP/1.1 ${status} Refused`, 'Content-Type: text/plain; charset=utf-8', 'Connection: close'];
  client.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function describe(error: unknown): { status: number; text: string } {
  if (error instanceof Refusal) return { status: error.status, text: `${error.message}\n` };
  return { status: 502, text: 'The request could not be passed on.\n' };
}
