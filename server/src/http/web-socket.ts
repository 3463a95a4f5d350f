import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/types';
import type { WebSocket } from 'ws';

export interface WebSocketRequest {
  strapi: Core.Strapi;
  request: IncomingMessage;
  /** Segments of the path by their names, decoded. */
  params: Readonly<Record<string, string>>;
}

export interface WebSocketSpec {
  /** Below the server's root; `:name` takes one segment. */
  path: string;
  /** Bytes of one message; a longer one closes the socket. */
  maxMessageBytes: number;
  /**
   * Decides before the handshake is answered: an error is told as an HTTP answer, as a route's would be. There are no credentials in a
   * browser's handshake but what the path holds. What it answers is called with the open socket.
   */
  accept(request: WebSocketRequest): Promise<(socket: WebSocket) => void>;
}

/** A spec that is known to be sound, as `serveWebSockets` takes it. */
export interface WebSocketDefinition extends WebSocketSpec {
  /** The parameters of a path that fits; undefined for any other. */
  match(path: string): Record<string, string> | undefined;
}

export function defineWebSocket(spec: WebSocketSpec): WebSocketDefinition {
  const wanted = spec.path.split('/');
  if (wanted[0] !== '' || wanted.length < 2)
    throw new Error(`A web socket's path begins with a slash: ${spec.path}.`);

  function match(path: string): Record<string, string> | undefined {
    const found = path.split('/');
    if (found.length !== wanted.length) return undefined;
    const params: Record<string, string> = {};
    for (const [index, segment] of wanted.entries()) {
      const given = found[index] ?? '';
      if (!segment.startsWith(':')) {
        if (given !== segment) return undefined;
        continue;
      }
      const value = decoded(given);
      if (!value) return undefined;
      params[segment.slice(1)] = value;
    }
    return params;
  }

  return { ...spec, match };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
