import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export interface ReadCall {
  id: number;
  name: string;
  parameters: unknown;
  result?: unknown;
  error?: string;
  status: 'pending' | 'success' | 'error';
  started_at: number;
  completed_at?: number;
  duration_ms?: number;
}

export interface ReadAgentFs {
  files: Record<string, { mode: number; size: number; mtime: number; content: Buffer }>;
  values: Record<string, unknown>;
  calls: ReadCall[];
  /** In the root folder. */
  folders: string[];
  /** What was written into the database, and read again. */
  note: string;
}

/** Reads an AgentFS database with `agentfs-sdk`, which is a module that the test runner cannot load. */
export async function readAgentFs(database: Uint8Array): Promise<ReadAgentFs> {
  const folder = await mkdtemp(path.join(tmpdir(), 'read-agentfs-'));
  try {
    const file = path.join(folder, 'run.db');
    await writeFile(file, database);
    const script = path.join(__dirname, 'read-agentfs.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, file], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const read = JSON.parse(stdout);
    for (const entry of Object.values<{ content: unknown }>(read.files))
      entry.content = Buffer.from(entry.content as string, 'base64');
    return read;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
