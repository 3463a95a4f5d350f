import type { Readable } from 'node:stream';

/** A file to lay into the sandbox's working folder before anything runs. `path` is relative, with `/`. */
export interface SandboxFile {
  path: string;
  executable: boolean;
  content: () => Readable;
}

/** A tar archive of files, folders and links. It is as hostile as what made it, and is unpacked inside. */
export interface SandboxArchive {
  /** An absolute path at or below `/work`. */
  folder: string;
  open(): Promise<Readable>;
}

/** What a run may use. Going over a limit ends the command with that limit's name in `ExecResult.exceeded`. */
export interface SandboxLimits {
  /** Wall-clock milliseconds for one command. */
  timeMs: number;
  /** Bytes of memory for all of the command's processes together, where the host can hold them to it. */
  memoryBytes: number;
  /** Processes and threads at once. */
  processes: number;
  /** Bytes that all files written by the run may take. */
  diskBytes: number;
  /** Bytes of stdout and stderr together. */
  outputBytes: number;
}

export type SandboxLimit = 'time' | 'memory' | 'processes' | 'disk' | 'output';

export interface SandboxOptions {
  files: AsyncIterable<SandboxFile> | Iterable<SandboxFile>;
  limits: SandboxLimits;
  /**
   * False: no network at all, the loopback of the host included. True: all that the server reaches. Hosts: those alone, by HTTP and
   * HTTPS; where that cannot be held, creating rejects with `NetworkUnavailableError`.
   */
  network: boolean | { readonly hosts: readonly string[] };
  /** What `pack` made before: unpacked before `files` are laid in, and no part of what the run has written. */
  archives?: readonly SandboxArchive[];
  /** The whole environment of commands; nothing of the server's own leaks in. */
  env: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** What holds between a run and the host, in words: stored on the run and shown to people. */
export interface Isolation {
  /** `bubblewrap`, `in-process`: the word stored on the run. */
  name: string;
  /** Higher is stronger; a configured minimum is compared with it. `in-process` is 1, `bubblewrap` is 2. */
  strength: number;
  /** Sentences, each what is held or, where the host cannot hold it, what is not (`memory is not capped: no cgroup`). */
  notes: string[];
}

export interface ExecOptions {
  /** Bytes for the command's standard input, closed after them. */
  stdin?: Buffer | string;
  signal?: AbortSignal;
  /** Called with output as it comes. What it returns is awaited: a slow reader slows the command, not the server. */
  onOutput?: (stream: 'stdout' | 'stderr', chunk: Buffer) => void | Promise<void>;
  env?: Readonly<Record<string, string>>;
}

export interface ExecResult {
  /** null when the command was killed. */
  exitCode: number | null;
  signal: string | null;
  /** The limit that ended the command, if one did. */
  exceeded: SandboxLimit | null;
  aborted: boolean;
  durationMs: number;
}

export interface SandboxEntry {
  /** Relative to the listed folder, with `/`. Only regular files are listed: links and devices are passed over. */
  path: string;
  size: number;
  executable: boolean;
}

/**
 * A private place to run commands in. The folder `/work/skill` (the working directory, writable) holds `options.files`;
 * `/work/input` and `/work/output` exist and are empty. Paths given to methods are absolute paths inside the sandbox, and
 * anything outside `/work` is refused with a `RangeError`.
 */
export interface Sandbox {
  readonly isolation: Isolation;
  /** True when a program of this name can be run inside. */
  has(program: string): Promise<boolean>;
  /**
   * Runs a command to its end; nothing of it is left when this resolves. One that is ended, by a limit or a signal, leaves the sandbox as
   * it is: the next command finds the files, with what that one had written. In the process of the server, a command that never paused
   * loses what it had written, and files are as the command before it left them. Rejects when the sandbox is halted or gone.
   */
  exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** A stream of the file's bytes; rejects when it is no regular file (a link is never followed out). */
  readFile(path: string): Promise<Readable>;
  writeFile(path: string, content: Buffer | Readable): Promise<void>;
  list(folder: string): Promise<SandboxEntry[]>;
  /**
   * A folder at or below `/work` as a tar archive: files, folders, links and whether a file is executable, in an order and with times that
   * depend on the content alone, so that the same content gives the same bytes. Rejects when the sandbox is gone.
   */
  pack(folder: string): Promise<Readable>;
  /**
   * A shell that a person types into, with a terminal of its own; it begins in `/work/skill`. Rejects with `TerminalUnavailableError`
   * where the server cannot make terminals.
   */
  openTerminal(options: TerminalOptions): Promise<SandboxTerminal>;
  /** Kills what runs, and lets nothing more be run. What was written can still be read, listed and packed. */
  halt(): Promise<void>;
  /** Kills what still runs and removes every file. May be called twice. */
  dispose(): Promise<void>;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface TerminalOptions extends TerminalSize {
  /** Called with what the terminal shows, as bytes of UTF-8 with control sequences; what it returns is awaited before there is more. */
  onOutput(chunk: Buffer): void | Promise<void>;
}

export interface TerminalEnding {
  /** null when the shell was killed. */
  exitCode: number | null;
  /** The limit that ended it, if one did. Time is none: whoever opened a terminal closes it. */
  exceeded: SandboxLimit | null;
}

/** A shell with a terminal that is controlled by nothing else: colours, job control, Ctrl-C, programs that fill the screen. */
export interface SandboxTerminal {
  /** What was typed, as UTF-8. Resolves when the terminal has taken it, so that who pastes a lot can be slowed; never rejects. */
  write(input: Buffer | string): Promise<void>;
  /** Whole numbers from 1 to 1000; anything else is a `RangeError`. Nothing happens when the shell has ended. */
  resize(size: TerminalSize): void;
  /** Resolves when the shell has ended, by itself or by `close`, and what it printed was handed on. */
  readonly ended: Promise<TerminalEnding>;
  /** Kills the shell and all that it has started. May be called twice. */
  close(): Promise<void>;
}

export interface SandboxImplementation {
  readonly name: string;
  /** Tries whether this host can hold it; never throws: a host that cannot says why. */
  probe(): Promise<{ available: true; isolation: Isolation } | { available: false; reason: string }>;
  /** Rejects with `SandboxFullError` when the host has no room for another one just now. */
  create(options: SandboxOptions): Promise<Sandbox>;
  /** Removes what crashed processes left behind, and stops warm workers. */
  close(): Promise<void>;
}
