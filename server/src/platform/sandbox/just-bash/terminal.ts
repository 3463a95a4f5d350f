import type { SandboxTerminal, TerminalEnding, TerminalOptions, TerminalSize } from '../sandbox';
import { sandboxFolders } from '../sandbox-folders';
import { assertTerminalSize } from '../terminal-size';
import { LineEditor } from './line-editor';
import type { LastingWorker } from './lasting-worker';
import type { LineAnswer, ShellState } from './terminal-shell';
import { isOutOfMemory } from './worker-client';

/** What is typed while a command runs waits for it, up to so many characters. */
const maxAhead = 64 * 1024;
/** How long an interrupted command may take to stop, in milliseconds, before its worker is ended. */
const graceMs = 1_000;
/** How long a terminal that was closed waits for who is still being shown something, in milliseconds. */
const lastOutputMs = 1_000;

export interface TerminalRequest {
  worker: LastingWorker;
  terminal: TerminalOptions;
  /** One shell runs one command at a time: this waits for the others of the sandbox. */
  enqueue<Value>(work: () => Promise<Value>): Promise<Value>;
  signal?: AbortSignal;
}

/** A shell of just-bash's with an editor of lines before it, since it has no terminal of its own. */
export function openTerminal(request: TerminalRequest): SandboxTerminal {
  const { signal } = request;
  assertTerminalSize(request.terminal);
  signal?.throwIfAborted();
  const terminal = new LineTerminal(request);
  const close = () => void terminal.close().catch(() => undefined);
  signal?.addEventListener('abort', close, { once: true });
  void terminal.ended.then(() => signal?.removeEventListener('abort', close));
  return terminal;
}

class LineTerminal implements SandboxTerminal {
  readonly ended: Promise<TerminalEnding>;
  readonly #worker: LastingWorker;
  readonly #enqueue: TerminalRequest['enqueue'];
  readonly #onOutput: TerminalOptions['onOutput'];
  readonly #editor: LineEditor;
  readonly #interrupt = new Int32Array(new SharedArrayBuffer(4));
  readonly #tooLate: Promise<void>;
  #resolveEnded: (ending: TerminalEnding) => void = () => undefined;
  #giveUp: () => void = () => undefined;
  #size: TerminalSize;
  #shown: Promise<void> = Promise.resolve();
  #state: ShellState = { folder: sandboxFolders.skill, env: {}, exitCode: 0 };
  /** Lines that were entered and want to be continued. */
  #pending = '';
  #ahead = '';
  #running: Promise<void> | undefined;
  #over = false;

  constructor({ worker, terminal, enqueue }: TerminalRequest) {
    this.#worker = worker;
    this.#enqueue = enqueue;
    this.#onOutput = (chunk) => terminal.onOutput(chunk);
    this.#size = { columns: terminal.columns, rows: terminal.rows };
    this.#editor = new LineEditor(terminal.columns, (text) => void this.#print(text));
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.#tooLate = new Promise((resolve) => (this.#giveUp = resolve));
    this.#prompt();
  }

  async write(input: Buffer | string): Promise<void> {
    if (this.#over) return;
    this.#type(this.#editor.decode(Buffer.from(input)));
    await this.#shown;
  }

  resize(size: TerminalSize): void {
    assertTerminalSize(size);
    this.#size = { columns: size.columns, rows: size.rows };
    if (!this.#over && !this.#running) this.#editor.resize(size.columns);
  }

  async close(): Promise<void> {
    this.#end({ exitCode: null, exceeded: null });
    Atomics.store(this.#interrupt, 0, 1);
    await this.#stopped();
    const patience = setTimeout(this.#giveUp, lastOutputMs);
    await this.ended.finally(() => clearTimeout(patience));
  }

  /** Waits for the line that runs; one that does not stop loses its worker. */
  async #stopped(): Promise<void> {
    if (!this.#running) return;
    const timer = setTimeout(() => void this.#worker.end(), graceMs);
    await this.#running.finally(() => clearTimeout(timer));
  }

  #type(text: string): void {
    if (this.#running) return this.#typeAhead(text);
    let rest = text;
    while (rest !== '' && !this.#running && !this.#over) {
      const taken = this.#editor.feed(rest);
      rest = taken.rest;
      if (taken.event?.type === 'end') this.#end({ exitCode: 0, exceeded: null });
      if (taken.event?.type === 'interrupt') this.#abandon();
      if (taken.event?.type === 'line') this.#enter(taken.event.text);
    }
    if (rest !== '' && this.#running) this.#typeAhead(rest);
  }

  #typeAhead(text: string): void {
    const interrupt = text.lastIndexOf('\x03');
    if (interrupt === -1) {
      this.#ahead = (this.#ahead + text).slice(0, maxAhead);
      return;
    }
    this.#ahead = text.slice(interrupt + 1);
    void this.#print('^C\r\n');
    Atomics.store(this.#interrupt, 0, 1);
    void this.#stopped();
  }

  #abandon(): void {
    this.#pending = '';
    this.#prompt();
  }

  #enter(line: string): void {
    const text = this.#pending === '' ? line : `${this.#pending}\n${line}`;
    this.#running = this.#run(text).finally(() => {
      this.#running = undefined;
      if (this.#over) return;
      this.#prompt();
      const ahead = this.#ahead;
      this.#ahead = '';
      this.#type(ahead);
    });
  }

  async #run(text: string): Promise<void> {
    if (text.trim() === '') return;
    Atomics.store(this.#interrupt, 0, 0);
    const request = { text, state: this.#state, ...this.#size, interrupt: this.#interrupt };
    const print = (_: string, chunk: Buffer) => this.#print(chunk.toString().replaceAll('\n', '\r\n'));
    try {
      this.#conclude(await this.#enqueue(() => this.#worker.line(request, print)), text);
    } catch (error) {
      this.#pending = '';
      if (isOutOfMemory(error)) this.#end({ exitCode: null, exceeded: 'memory' });
      else if (Atomics.load(this.#interrupt, 0) === 0) this.#end({ exitCode: null, exceeded: null });
    }
  }

  #conclude({ outcome, state, exceeded }: LineAnswer, text: string): void {
    this.#pending = outcome === 'incomplete' ? text : '';
    this.#state = state;
    if (exceeded) this.#end({ exitCode: null, exceeded });
    else if (outcome === 'ended') this.#end({ exitCode: state.exitCode, exceeded: null });
  }

  #prompt(): void {
    this.#editor.prompt(this.#pending === '' ? `\x1b[36m${this.#state.folder}\x1b[0m$ ` : '> ');
  }

  #end(ending: TerminalEnding): void {
    if (this.#over) return;
    this.#over = true;
    const end = () => this.#resolveEnded(ending);
    Promise.race([this.#shown, this.#tooLate]).then(end, end);
  }

  /** In order, each after the one before was taken. Who cannot be shown anything any more has no terminal. */
  #print(text: string): Promise<void> {
    if (text === '' || (this.#over && !this.#running)) return this.#shown;
    this.#shown = this.#shown
      .then(() => this.#onOutput(Buffer.from(text)))
      .catch(() => this.#end({ exitCode: null, exceeded: null }));
    return this.#shown;
  }
}
