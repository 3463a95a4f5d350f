import type { Readable } from 'node:stream';

/** A file to lay into the sandbox's working folder before anything runs. `path` is relative, with `/`. */
export interface SandboxFile {
  path: string;
  executable: boolean;
  content: () => Readable;
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
  /** False: no network at all, the loopback of the host included. */
  network: boolean;
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
  exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** A stream of the file's bytes; rejects when it is no regular file (a link is never followed out). */
  readFile(path: string): Promise<Readable>;
  writeFile(path: string, content: Buffer | Readable): Promise<void>;
  list(folder: string): Promise<SandboxEntry[]>;
  /** Kills what still runs and removes every file. May be called twice. */
  dispose(): Promise<void>;
}

export interface SandboxImplementation {
  readonly name: string;
  /** Tries whether this host can hold it; never throws: a host that cannot says why. */
  probe(): Promise<{ available: true; isolation: Isolation } | { available: false; reason: string }>;
  create(options: SandboxOptions): Promise<Sandbox>;
  /** Removes what crashed processes left behind, and stops warm workers. */
  close(): Promise<void>;
}
