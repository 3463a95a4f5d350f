import {
  terminalRequestSchema,
  type TerminalClosing,
  type TerminalNotice,
} from 'strapi-plugin-skills-shared/contracts';
import type { RawData, WebSocket } from 'ws';
import { createSecretMask } from '../../../platform/secret-mask';
import type { SandboxTerminal, TerminalSize } from '../../../platform/sandbox';
import { maskOutput } from './masked-output';
import type { TerminalSandbox } from './open-terminal-sandbox';
import { OutputWindow } from './output-window';

/** Bytes that were pasted into a program that does not read, before the browser is made to wait. */
const maxUntyped = 256 * 1024;
/** Milliseconds between two signs of life: who has left without a word is noticed, and proxies do not close a silent socket. */
const heartbeatMs = 30_000;

export interface SessionOptions {
  id: string;
  socket: WebSocket;
  idleMs: number;
  recheckMs: number;
  open(signal: AbortSignal): Promise<TerminalSandbox>;
  /** Why it must be closed now, if it must. Asked again and again. */
  mustClose(): Promise<TerminalClosing | null>;
  onError(error: unknown): void;
}

interface Ending {
  reason: TerminalClosing;
  exitCode?: number | null;
  message?: string | null;
}

/** One shell and the socket of the person who types into it. When one of them goes, so does the other. */
export class TerminalSession {
  readonly closed: Promise<void>;
  readonly #options: SessionOptions;
  readonly #abort = new AbortController();
  readonly #window: OutputWindow;
  #opened: TerminalSandbox | undefined;
  #terminal: SandboxTerminal | undefined;
  /** Until the browser has told its own. */
  #size: TerminalSize = { columns: 80, rows: 24 };
  #ended = false;
  #alive = true;
  #untyped = 0;
  #idle: NodeJS.Timeout | undefined;
  #clocks: NodeJS.Timeout[] = [];
  #resolveClosed: () => void = () => undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#window = new OutputWindow(options.socket);
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#listen();
    void this.#run();
  }

  /** The sandbox, while there is one to be packed. */
  get sandbox(): TerminalSandbox['sandbox'] | undefined {
    return this.#ended ? undefined : this.#opened?.sandbox;
  }

  /** Tells why, and ends all of it; the first reason stands. */
  close(reason: TerminalClosing, message: string | null = null): Promise<void> {
    this.#end({ reason, message });
    return this.closed;
  }

  #listen(): void {
    const { socket, recheckMs } = this.#options;
    socket.on('message', (data, isBinary) => {
      this.#take(data, isBinary).catch((error: unknown) => this.#fail(error));
    });
    socket.on('pong', () => (this.#alive = true));
    socket.once('close', () => this.#end({ reason: 'ended' }));
    this.#clocks = [
      setInterval(() => void this.#recheck(), recheckMs),
      setInterval(() => this.#beat(), heartbeatMs),
    ];
  }

  async #run(): Promise<void> {
    const { open, onError, id, idleMs } = this.#options;
    try {
      const opened = (this.#opened = await open(this.#abort.signal));
      if (this.#ended) return;
      const output = maskOutput(createSecretMask(opened.environment.secrets), (chunk) => this.#show(chunk));
      const terminal = await opened.sandbox.openTerminal({
        ...this.#size,
        onOutput: (chunk) => output.take(chunk),
      });
      this.#terminal = terminal;
      // Whoever left while it was made leaves no shell behind.
      if (this.#ended) return await terminal.close();
      terminal.resize(this.#size);
      const { name, notes } = opened.sandbox.isolation;
      // Making it takes a while, in which nobody can use it.
      this.#noteUse();
      this.#tell({ type: 'ready', id, isolation: { name, notes }, hosts: [...opened.hosts], idleMs });
      const { exitCode, exceeded } = await terminal.ended;
      await output.end();
      this.#end(exceeded ? { reason: 'limit', message: exceeded } : { reason: 'ended', exitCode });
    } catch (error) {
      this.#fail(error);
    } finally {
      await this.#opened?.sandbox.dispose().catch(onError);
      this.#resolveClosed();
    }
  }

  async #take(data: RawData, isBinary: boolean): Promise<void> {
    const { socket } = this.#options;
    this.#noteUse();
    if (!isBinary) return this.#obey(data);
    // What was typed before there is a shell is not for it.
    if (!this.#terminal) return;
    const input = toBuffer(data);
    this.#untyped += input.length;
    if (this.#untyped > maxUntyped) socket.pause();
    await this.#terminal.write(input);
    this.#untyped -= input.length;
    if (this.#untyped <= maxUntyped && !this.#ended) socket.resume();
  }

  #obey(data: RawData): void {
    const request = terminalRequestSchema.safeParse(parsed(data));
    // Whoever speaks otherwise is not our panel.
    if (!request.success) return void this.close('failed', 'A message could not be understood.');
    if (request.data.type === 'taken') {
      if (this.#window.noteTaken(request.data.bytes)) return;
      return void this.close('failed', 'More was said to be shown than there was.');
    }
    const { columns, rows } = request.data;
    this.#size = { columns, rows };
    this.#terminal?.resize(this.#size);
  }

  /** Resolves when there is room for more. */
  #show(chunk: Buffer): Promise<void> {
    this.#noteUse();
    return this.#window.show(chunk);
  }

  #tell(notice: TerminalNotice): void {
    const { socket } = this.#options;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(notice), () => undefined);
  }

  #noteUse(): void {
    clearTimeout(this.#idle);
    if (!this.#ended && this.#terminal)
      this.#idle = setTimeout(() => this.#end({ reason: 'idle' }), this.#options.idleMs);
  }

  #beat(): void {
    const { socket } = this.#options;
    // One that is made to wait cannot be heard.
    if (socket.isPaused) return;
    if (!this.#alive) return socket.terminate();
    this.#alive = false;
    socket.ping();
  }

  async #recheck(): Promise<void> {
    try {
      const reason = await this.#options.mustClose();
      if (reason) this.#end({ reason });
    } catch (error) {
      // Who cannot be asked cannot be told to go on.
      this.#options.onError(error);
      this.#end({ reason: 'permission' });
    }
  }

  #fail(error: unknown): void {
    if (!this.#ended) this.#options.onError(error);
    this.#end({ reason: 'failed', message: wordsFor(error) });
  }

  #end({ reason, exitCode = null, message = null }: Ending): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#idle);
    this.#clocks.forEach(clearInterval);
    this.#tell({ type: 'closed', reason, exitCode, message });
    this.#abort.abort();
    this.#window.close();
    const { socket, onError } = this.#options;
    // A socket that is paused would not hear the other side's goodbye.
    socket.resume();
    socket.close(1000, reason);
    this.#terminal?.close().catch(onError);
  }
}

/** Strapi's errors, ours among them, are for people; all others are for the log. */
function wordsFor(error: unknown): string | null {
  return error instanceof Error && 'details' in error ? error.message : null;
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(toBuffer(data).toString());
  } catch {
    return undefined;
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
