/** Bytes that are on their way to the screen before the shell is made to wait: a browser takes from the socket more than it can show. */
const maxUntaken = 1024 * 1024;
/** Bytes that lie in the server for a browser that reads nothing from its socket, whatever it says that it has taken. */
const maxUnsent = 1024 * 1024;

/** The part of a web socket that is used here. */
export interface OutputSocket {
  /** Bytes that were sent and that the other side's machine has not taken yet. */
  readonly bufferedAmount: number;
  send(chunk: Buffer, options: { binary: true }, onFlushed: () => void): void;
}

/** What a terminal shows, on its way to a browser: no more at once than fits between the two. */
export class OutputWindow {
  readonly #socket: OutputSocket;
  #untaken = 0;
  #closed = false;
  /** Whoever waits for room; there may be several. */
  #waiting: (() => void)[] = [];

  constructor(socket: OutputSocket) {
    this.#socket = socket;
  }

  /** Resolves when there is room for more, and when nothing is shown any more. */
  show(chunk: Buffer): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#untaken += chunk.length;
    this.#socket.send(chunk, { binary: true }, () => this.#goOn());
    if (this.#untaken <= maxUntaken && this.#socket.bufferedAmount <= maxUnsent) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** So many more bytes are on the screen. False when so many were not on their way. */
  noteTaken(bytes: number): boolean {
    if (bytes > this.#untaken) return false;
    this.#untaken -= bytes;
    this.#goOn();
    return true;
  }

  /** Nobody is shown anything any more, nor has to wait. */
  close(): void {
    this.#closed = true;
    this.#release();
  }

  #goOn(): void {
    if (this.#untaken <= maxUntaken / 2 && this.#socket.bufferedAmount <= maxUnsent) this.#release();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
