import type { TerminalNotice, TerminalRequest } from 'strapi-plugin-skills-shared/contracts';

export type ReadyNotice = Extract<TerminalNotice, { type: 'ready' }>;
export type ClosedNotice = Extract<TerminalNotice, { type: 'closed' }>;

/** What is told of a terminal that its person has closed. */
export const closedByPerson: ClosedNotice = {
  type: 'closed',
  reason: 'ended',
  exitCode: null,
  message: null,
};

export interface LinkEvents {
  onReady(notice: ReadyNotice): void;
  /** What is to be shown; `taken` is to be called when it is. */
  onOutput(bytes: Uint8Array, taken: () => void): void;
  /** Once, at the end. Without a notice the connection was lost. */
  onClosed(notice: ClosedNotice | null): void;
}

/** The part of a browser's WebSocket that is used here. */
export interface LinkSocket {
  binaryType: string;
  readonly readyState: number;
  onmessage: ((event: MessageEvent<string | ArrayBuffer>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** The server takes messages of 256 KiB. */
const maxPiece = 64 * 1024;
/** The shell goes on when it is told what was shown: not for every little piece. */
const tellEvery = 64 * 1024;
const isOpen = 1;

/** The panel's end of a terminal's socket. */
export class TerminalLink {
  readonly #socket: LinkSocket;
  readonly #encoder = new TextEncoder();
  #closing: ClosedNotice | null = null;
  #taken = 0;

  constructor(socket: LinkSocket, events: LinkEvents) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => {
      if (typeof data !== 'string') {
        const bytes = new Uint8Array(data);
        return events.onOutput(bytes, () => this.#noteTaken(bytes.length));
      }
      const notice = JSON.parse(data) as TerminalNotice;
      if (notice.type === 'ready') events.onReady(notice);
      else this.#closing = notice;
    };
    socket.onclose = () => events.onClosed(this.#closing);
  }

  type(text: string): void {
    const bytes = this.#encoder.encode(text);
    for (let start = 0; start < bytes.length; start += maxPiece)
      this.#send(bytes.slice(start, start + maxPiece));
  }

  resize(columns: number, rows: number): void {
    this.#tell({ type: 'resize', columns, rows });
  }

  /** On the person's own wish. */
  close(): void {
    this.#closing ??= closedByPerson;
    this.#socket.close();
  }

  #noteTaken(bytes: number): void {
    this.#taken += bytes;
    if (this.#taken < tellEvery) return;
    this.#tell({ type: 'taken', bytes: this.#taken });
    this.#taken = 0;
  }

  #tell(request: TerminalRequest): void {
    this.#send(JSON.stringify(request));
  }

  #send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState === isOpen) this.#socket.send(data);
  }
}

/** Where the socket of a ticket is, beside the server's other addresses. */
export function terminalAddress(backendUrl: string, pageUrl: string, ticket: string): string {
  const url = new URL(`${backendUrl}/skills/terminals/${encodeURIComponent(ticket)}`, pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
