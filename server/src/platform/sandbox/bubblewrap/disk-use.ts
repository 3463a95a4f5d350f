import { spawn } from 'node:child_process';
import type { Dir } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { createGuardedFiles } from './guarded-files';

/** What an empty file or a folder costs the host, in bytes: without it, a million empty files would be free. */
const entryBytes = 1024;
/** From so many entries on, the system's `find` looks at them: it takes a tenth of the time, and none of the server's. */
const manyEntries = 1000;

/** Measures some folders again and again. */
export interface DiskMeter {
  /**
   * Bytes that the folders' entries take on the disk, links not followed. Stops counting above `enough`, since what it is for is to
   * compare with a limit. Entries that vanish meanwhile count nothing.
   */
  read(enough: number): Promise<number>;
}

export function createDiskMeter(folders: readonly string[]): DiskMeter {
  let many = false;
  return {
    async read(enough) {
      if (many) {
        const bytes = await findDiskUse(folders, enough).catch(() => undefined);
        if (bytes !== undefined) return bytes;
      }
      const { bytes, entries } = await walk(folders, enough);
      many = entries > manyEntries;
      return bytes;
    },
  };
}

async function walk(folders: readonly string[], enough: number): Promise<{ bytes: number; entries: number }> {
  const total = { bytes: 0, entries: 0 };
  const open = folders.map((root) => ({ root, path: root }));
  for (let next = open.pop(); next !== undefined && total.bytes <= enough; next = open.pop()) {
    const { root, path } = next;
    const found = await openFolder(root, path);
    for await (const entry of found ?? []) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) open.push({ root, path: child });
      const stat = await lstat(child).catch(() => undefined);
      total.entries += 1;
      total.bytes += sizeOf(stat?.blocks ?? 0);
      if (total.bytes > enough) break;
    }
  }
  return total;
}

/** Undefined for a folder that is gone. One that its owner has shut is opened: what lies in it takes room all the same. */
async function openFolder(root: string, path: string): Promise<Dir | undefined> {
  try {
    return await opendir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return undefined;
    const names = relative(root, path)
      .split(sep)
      .filter((name) => name !== '');
    // Asking for something in it opens every folder on the way.
    await createGuardedFiles(root, undefined)
      .has([...names, 'anything'])
      .catch(() => undefined);
    return opendir(path).catch(() => undefined);
  }
}

/** The same by a program of the system's. Rejects where that is another `find` than is meant here, and where something is shut to it. */
async function findDiskUse(folders: readonly string[], enough: number): Promise<number> {
  const options = ['-P', ...folders, '-mindepth', '1', '-printf', '%b\\n'];
  const child = spawn('find', options, {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  await started;
  let isShut = false;
  child.stderr.on('data', (chunk) => (isShut ||= String(chunk).includes('Permission denied')));
  let bytes = 0;
  let rest = '';
  try {
    for await (const chunk of child.stdout) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const blocks of lines) bytes += sizeOf(Number(blocks));
      if (bytes > enough) return bytes;
    }
  } finally {
    child.kill('SIGKILL');
  }
  if (isShut) throw new Error('Something is shut.');
  if (bytes === 0) throw new Error('Nothing was found.');
  return bytes;
}

function sizeOf(blocks: number): number {
  return Math.max(entryBytes, blocks * 512);
}
