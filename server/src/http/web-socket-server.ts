import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Core } from '@strapi/types';
import { WebSocketServer, type WebSocket } from 'ws';
import { DeniedError } from './errors';
import { errorResponse } from './error-response';
import type { WebSocketDefinition } from './web-socket';
import { isOwnOrigin } from './web-socket-origin';

/**
 * Serves web sockets on Strapi's own HTTP server. Other paths are left to whoever else listens for upgrades (the dev server of the panel does);
 * where nobody else does, they are answered as if nobody listened at all: Node hands out every request that names an upgrade (`curl --http2`
 * sends one) as soon as there is one listener.
 */
export function serveWebSockets(strapi: Core.Strapi, definitions: readonly WebSocketDefinition[]): void {
  const { httpServer } = strapi.server;
  const servers = new Map(definitions.map((definition) => [definition, serverOf(definition)]));

  httpServer.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    for (const [definition, server] of servers) {
      const params = definition.match(path);
      if (!params) continue;
      void open(strapi, { definition, server, request, stream, head, params });
      return;
    }
    if (httpServer.listenerCount('upgrade') === 1) answerPlainly(httpServer, request, stream);
  });
}

function serverOf({ maxMessageBytes }: WebSocketDefinition): WebSocketServer {
  // Compression would keep a window of memory for each socket, and mix what is typed with what is shown.
  return new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
}

interface Opening {
  definition: WebSocketDefinition;
  server: WebSocketServer;
  request: IncomingMessage;
  stream: Duplex;
  head: Buffer;
  params: Record<string, string>;
}

async function open(strapi: Core.Strapi, opening: Opening): Promise<void> {
  const { definition, server, request, stream, head, params } = opening;
  // A client that goes away in the middle of this is no error of ours.
  stream.on('error', () => stream.destroy());
  try {
    assertWebSocket(request);
    assertOwnOrigin(strapi, request);
    const start = await definition.accept({ strapi, request, params });
    server.handleUpgrade(request, stream, head, (socket: WebSocket) => {
      socket.on('error', (error) => strapi.log.debug(`A web socket broke: ${error.message}`));
      start(socket);
    });
  } catch (error) {
    refuse(strapi, stream, definition.path, error);
  }
}

function assertWebSocket({ headers, method }: IncomingMessage): void {
  if (method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket') return;
  throw new DeniedError('This address speaks the WebSocket protocol alone.', { code: 'websocket-required' });
}

function assertOwnOrigin(strapi: Core.Strapi, request: IncomingMessage): void {
  const own = ['server.absoluteUrl', 'admin.absoluteUrl', 'server.url', 'admin.url'].map((key) =>
    String(strapi.config.get(key) ?? ''),
  );
  if (isOwnOrigin(request, { own, trustProxy: strapi.server.app.proxy })) return;
  throw new DeniedError('Pages of other sites may not open this.', { code: 'origin-denied' });
}

function refuse(strapi: Core.Strapi, stream: Duplex, path: string, error: unknown): void {
  const { status, body, unexpected } = errorResponse(error);
  if (unexpected)
    strapi.log.error(
      `The web socket ${path} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  const text = JSON.stringify(body);
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

/** As an ordinary request. One with a body cannot be: its bytes are no longer read as that. */
function answerPlainly(httpServer: Server, request: IncomingMessage, stream: Duplex): void {
  stream.on('error', () => stream.destroy());
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) {
    stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(stream as Parameters<ServerResponse['assignSocket']>[0]);
  response.once('finish', () => stream.end());
  httpServer.emit('request', request, response);
}
