import type { SandboxEntry, SandboxLimit, SandboxLimits } from '../sandbox';
import type { LineAnswer, LineRequest } from './terminal-shell';

/** One entry of a sandbox's files, as it is kept outside of the worker. */
export type KeptEntry = { path: string; mode: number; mtimeMs: number } & (
  { type: 'file'; content: Uint8Array } | { type: 'directory' } | { type: 'symlink'; target: string }
);

/** What has changed since it was asked last. */
export interface FileChanges {
  changed: KeptEntry[];
  removed: string[];
}

/** `listed`: requests are made by the server, for hosts that it holds against a list. */
export type NetworkKind = 'none' | 'listed' | 'open';

/** A request that a command makes. */
export interface FetchRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  followRedirects: boolean;
  timeoutMs: number | undefined;
  maxRedirects: number | undefined;
}

export interface FetchAnswer {
  url: string;
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** What the server asks of a worker, one folder and one shell in it. Answers come back under the same number. */
export interface WorkerMethods {
  open(request: { limits: SandboxLimits; network: NetworkKind; env: Record<string, string> }): void;
  has(program: string): boolean;
  exec(request: { command: string[]; stdin: Uint8Array; env: Record<string, string> }): {
    exitCode: number;
    exceeded: SandboxLimit | null;
    changes: FileChanges;
  };
  line(request: LineRequest): LineAnswer & { changes: FileChanges };
  read(path: string): Uint8Array;
  write(request: { path: string; content: Uint8Array; executable: boolean }): FileChanges;
  list(folder: string): SandboxEntry[];
  /** What has changed meanwhile, while a command runs. */
  changes(): FileChanges;
  /** Makes the files what they were in another worker, whose archives had so many bytes. */
  restore(request: { entries: KeptEntry[]; archiveBytes: number }): void;
  /** Answers the number of an archive that is then taken part by part: null is its end. */
  pack(folder: string): number;
  packed(archive: number): Uint8Array | null;
  /** Answers the number of an archive that is then given part by part: null is its end. */
  unpack(folder: string): number;
  unpacked(part: { archive: number; chunk: Uint8Array | null }): FileChanges;
}

export type WorkerMethod = keyof WorkerMethods;

export type WorkerMessage =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refusal'; id: number; message: string }
  /** Output of the command that is running. The worker goes on when `taken` comes back with the same number. */
  | { type: 'output'; id: number; stream: 'stdout' | 'stderr'; chunk: Uint8Array }
  /** Answered by `fetched`, with the same number. */
  | { type: 'fetch'; id: number; request: FetchRequest };

export type ServerMessage =
  | { type: 'request'; id: number; method: WorkerMethod; argument: unknown }
  | { type: 'taken'; id: number }
  | { type: 'fetched'; id: number; result: FetchAnswer | { problem: string } };

/** Handed to every worker when it starts. */
export interface WorkerStart {
  /** The worker's own file, which its own workers are started from as well. */
  file: string;
  memoryBytes: number;
}
