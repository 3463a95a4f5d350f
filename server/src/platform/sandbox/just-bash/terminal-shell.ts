import { parse, type Bash } from 'just-bash';
import type { SandboxLimit } from '../sandbox';
import { sandboxFolders } from '../sandbox-folders';
import type { CommandFiles, Deliver } from './command-files';
import type { TakeRefusal } from './capped-workers';

/** What lasts from line to line; the server keeps it, because a line that cannot be interrupted ends its worker. */
export interface ShellState {
  folder: string;
  env: Record<string, string>;
  exitCode: number;
}

export interface LineRequest {
  /** One line, or several where the first needed more. */
  text: string;
  state: ShellState;
  columns: number;
  rows: number;
  /** One shared number, set to 1 by the server to interrupt the line: a busy thread reads no messages. */
  interrupt: Int32Array;
}

export interface LineAnswer {
  /** `incomplete`: nothing was run, the line wants to be continued. `ended`: the shell was told to exit. */
  outcome: 'done' | 'incomplete' | 'ended';
  state: ShellState;
  exceeded: SandboxLimit | null;
}

/** How often a line that waits for something looks whether it was interrupted, in milliseconds. */
const lookMs = 50;
/** Set by a line that was gone through to its end. */
const reached = '__line_reached_its_end';
/** What just-bash ends with for a line that was interrupted, and for a fault of its own. */
const faults = [124, 126];

/**
 * What a person types, line by line: each is a script of its own for just-bash, so folder and variables are carried from one to the
 * next. Functions and options of the shell are not.
 */
export class TerminalShell {
  readonly #start: (env: Record<string, string>) => Bash;
  readonly #files: CommandFiles;
  readonly #memoryRefused: TakeRefusal;

  constructor(parts: {
    start: (env: Record<string, string>) => Bash;
    files: CommandFiles;
    memoryRefused: TakeRefusal;
  }) {
    this.#start = parts.start;
    this.#files = parts.files;
    this.#memoryRefused = parts.memoryRefused;
  }

  async run({ text, state, columns, rows, interrupt }: LineRequest, deliver: Deliver): Promise<LineAnswer> {
    if (isIncomplete(text)) return { outcome: 'incomplete', state, exceeded: null };
    this.#files.full = false;
    this.#memoryRefused();
    this.#files.deliver = deliver;
    // just-bash forbids Atomics while a script runs; a plain look sees the number as well, a little later at worst.
    const attention = attend(() => interrupt[0] === 1 || this.#files.full);
    try {
      const size = { COLUMNS: String(columns), LINES: String(rows), TERM: 'xterm-256color' };
      const bash = this.#start({ ...state.env, ...size });
      const result = await bash.exec(`${statusOf(state.exitCode)}${text}\n${reached}=$?`, {
        cwd: await this.#existing(state.folder),
        rawScript: true,
        signal: attention.signal,
      });
      await deliver('stdout', Buffer.from(result.stdout));
      await deliver('stderr', Buffer.from(withoutOwnWords(result.stderr)));
      return this.#conclude(result, /\bexit\b/.test(text) && !attention.signal.aborted);
    } finally {
      attention.stop();
      this.#files.deliver = undefined;
    }
  }

  #conclude(result: { exitCode: number; env: Record<string, string> }, exits: boolean): LineAnswer {
    const { [reached]: status, ...all } = result.env;
    const exitCode = status === undefined ? result.exitCode : Number(status);
    const env = Object.fromEntries(Object.entries(all).filter(([name]) => !ofShell.has(name)));
    const exceeded = this.#memoryRefused() ? 'memory' : this.#files.full ? 'disk' : null;
    // just-bash does not tell an exit from other ends.
    const outcome = exits && status === undefined && !faults.includes(exitCode) ? 'ended' : 'done';
    return { outcome, state: { folder: env.PWD ?? sandboxFolders.skill, env, exitCode }, exceeded };
  }

  /** A folder that was removed meanwhile cannot be gone back to. */
  async #existing(folder: string): Promise<string> {
    return (await this.#files.exists(folder)) ? folder : sandboxFolders.skill;
  }
}

/** Variables that the shell makes itself and that cannot be set. */
const ofShell = new Set(['?', '_', 'SHELLOPTS', 'BASHOPTS']);

/** Lets the line ask for the status of the one before. */
function statusOf(status: number): string {
  return status === 0 ? '' : `(exit ${status})\n`;
}

/** just-bash says what a person knows who has pressed Ctrl-C. */
function withoutOwnWords(stderr: string): string {
  return stderr.replace(/bash: execution aborted\n$/, '');
}

/**
 * A signal that is aborted as soon as `wanted` says so: asked by a busy shell between two commands, and by a clock while it waits.
 */
function attend(wanted: () => boolean): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const look = (): boolean => {
    if (!controller.signal.aborted && wanted()) controller.abort();
    return controller.signal.aborted;
  };
  const clock = setInterval(look, lookMs);
  const signal = new Proxy(controller.signal, {
    get(target, key) {
      if (key === 'aborted') return look();
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { signal, stop: () => clearInterval(clock) };
}

/** Whether a shell would ask for more: an open quote, a loop without its `done`, a `|` at the end, a text that is still to come. */
export function isIncomplete(text: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text) || /(?:\||&&)\s*$/.test(text)) return true;
  try {
    parse(text);
  } catch (error) {
    const { message, token } = error as Error & { token?: { type: string } };
    return token?.type === 'EOF' || message.includes('unexpected EOF');
  }
  const lines = text.split('\n');
  return [...text.matchAll(/<<-?\s*(['"]?)(\w+)\1/g)].some(
    ([, , word]) => !lines.some((line) => line.trim() === word),
  );
}
