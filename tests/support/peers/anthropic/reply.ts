import type { ServerResponse } from 'node:http';

/** What is answered, as JSON. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

/** An error of the vendor's shape. */
export const failure = (status: number, type: string, message: string): Reply => ({
  status,
  body: { type: 'error', error: { type, message }, request_id: null },
});

export function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
