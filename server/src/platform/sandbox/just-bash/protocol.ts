import type { SandboxEntry, SandboxLimit, SandboxLimits } from '../sandbox';

/** What the server asks of a worker, one folder and one shell in it. Answers come back under the same number. */
export interface WorkerMethods {
  open(request: { limits: SandboxLimits; network: boolean; env: Record<string, string> }): void;
  has(program: string): boolean;
  exec(request: { command: string[]; stdin: Uint8Array; env: Record<string, string> }): {
    exitCode: number;
    exceeded: SandboxLimit | null;
  };
  read(path: string): Uint8Array;
  write(request: { path: string; content: Uint8Array; executable: boolean }): void;
  list(folder: string): SandboxEntry[];
}

export type WorkerMethod = keyof WorkerMethods;

export type WorkerMessage =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refusal'; id: number; message: string }
  /** Output of the command that is running. The worker goes on when `taken` comes back with the same number. */
  | { type: 'output'; id: number; stream: 'stdout' | 'stderr'; chunk: Uint8Array };

export type ServerMessage =
  { type: 'request'; id: number; method: WorkerMethod; argument: unknown } | { type: 'taken'; id: number };

/** Handed to every worker when it starts. */
export interface WorkerStart {
  /** The worker's own file, which its own workers are started from as well. */
  file: string;
  memoryBytes: number;
}
