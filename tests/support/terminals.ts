import { once } from 'node:events';
import type { TerminalNotice, TerminalTicket } from 'strapi-plugin-skills-shared/contracts';
import { WebSocket, type ClientOptions } from 'ws';
import type { Caller } from './callers';
import type { BootedStrapi } from './strapi';

const patienceMs = 20_000;

/** A person at a terminal, with the panel's own protocol. */
export interface TerminalClient {
  readonly id: string;
  readonly socket: WebSocket;
  /** All that was shown so far. */
  readonly text: string;
  readonly notices: readonly TerminalNotice[];
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves with what was shown since `from` as soon as that matches. */
  until(pattern: RegExp, from?: number): Promise<string>;
  /** Resolves with the server's last word, when the socket is closed. */
  readonly closed: Promise<Extract<TerminalNotice, { type: 'closed' }> | undefined>;
}

export async function askForTerminal(caller: Caller, skill: string): Promise<TerminalTicket> {
  const { body } = await caller.agent.post(`/skills/skills/${skill}/terminals`).send({}).expect(201);
  return body.data;
}

export function socketTo(booted: BootedStrapi, ticket: string, options: ClientOptions = {}): WebSocket {
  return new WebSocket(`${booted.url.replace('http', 'ws')}/skills/terminals/${ticket}`, options);
}

/** The HTTP status and code with which a handshake is refused. */
export async function refusalOf(socket: WebSocket): Promise<{ status: number; code: string }> {
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  return { status: response.statusCode, code: body ? JSON.parse(body).error.details.code : '' };
}

export interface TerminalManners {
  /** False: it never tells that it has shown anything. */
  acknowledges?: boolean;
}

export async function openTerminal(
  booted: BootedStrapi,
  caller: Caller,
  skill: string,
  manners: TerminalManners = {},
): Promise<TerminalClient> {
  const { id, ticket } = await askForTerminal(caller, skill);
  const client = attend(id, socketTo(booted, ticket), manners);
  await waitFor(
    () => client.notices.length > 0,
    () => 'The terminal is not ready.',
  );
  return client;
}

function attend(id: string, socket: WebSocket, { acknowledges = true }: TerminalManners): TerminalClient {
  const chunks: Buffer[] = [];
  const notices: TerminalNotice[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      chunks.push(data);
      if (acknowledges) socket.send(JSON.stringify({ type: 'taken', bytes: data.length }));
    } else notices.push(JSON.parse(data.toString()));
  });
  const textOf = () => Buffer.concat(chunks).toString();
  const closed = new Promise<Extract<TerminalNotice, { type: 'closed' }> | undefined>((resolve) =>
    socket.once('close', () => resolve(notices.find((notice) => notice.type === 'closed'))),
  );
  return {
    id,
    socket,
    notices,
    closed,
    get text() {
      return textOf();
    },
    type: (text) => socket.send(Buffer.from(text)),
    resize: (columns, rows) => socket.send(JSON.stringify({ type: 'resize', columns, rows })),
    async until(pattern, from = 0) {
      await waitFor(
        () => pattern.test(textOf().slice(from)),
        () => `${pattern} was not shown; this was: ${JSON.stringify(textOf())}`,
      );
      return textOf().slice(from);
    },
  };
}

export async function waitFor(probe: () => boolean, complaint: () => string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!probe()) {
    if (Date.now() > deadline) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
