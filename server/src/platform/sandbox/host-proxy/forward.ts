import {
  request as sendRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** What is meant for the next server on the way alone: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host'],
];

/**
 * Passes one request on over a connection of its own, and its answer back. `Host` is what the URL says, whatever the request said: the
 * list was held against the URL.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { socket, authority, path }: { socket: Socket; authority: string; path: string },
): Promise<void> {
  const headers = endToEnd(request);
  headers.host = authority;
  headers.connection = 'close';
  if (request.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  const upstream = sendRequest({
    method: request.method,
    path,
    headers,
    setHost: false,
    createConnection: () => socket,
  });
  response.once('close', () => upstream.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once('response', resolve);
    upstream.once('error', reject);
    upstream.once('close', () => reject(new Error('The server has closed the connection.')));
  });
  request.on('error', () => upstream.destroy());
  request.pipe(upstream);
  try {
    const answer = await answered;
    upstream.on('error', () => undefined);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer));
    await pipeline(answer, response);
  } finally {
    // A server may answer before it has read all: what it did not want is read here, or the answer would be lost with the connection.
    request.unpipe(upstream);
    request.resume();
    upstream.destroy();
  }
}

function endToEnd({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const named = String(headers.connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}
