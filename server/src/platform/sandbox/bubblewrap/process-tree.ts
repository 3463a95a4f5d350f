import { readdir, readFile, stat } from 'node:fs/promises';

/** What the processes below one process use, read from `/proc` at one moment. A process that ends meanwhile counts nothing. */
export interface TreeUse {
  /** Processes and threads. */
  tasks: number;
  /** Bytes of memory that are the processes' own: anonymous and shared memory, not mapped files. */
  memoryBytes: number;
  /** Bytes of files that have no name any more but are still open, which no walk through folders finds. */
  unnamedBytes: number;
}

/** `root` itself is not counted: it is bubblewrap's. */
export async function readTreeUse(root: number): Promise<TreeUse> {
  const pids = await descendants(root);
  const unnamed = new Map<string, number>();
  let tasks = 0;
  let memoryBytes = 0;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
    tasks += field(status, 'Threads');
    memoryBytes += (field(status, 'RssAnon') + field(status, 'RssShmem')) * 1024;
    await collectUnnamed(pid, unnamed);
  }
  return { tasks, memoryBytes, unnamedBytes: [...unnamed.values()].reduce((sum, size) => sum + size, 0) };
}

/**
 * Bytes of memory of the tree with shared pages counted once. `readTreeUse` counts what a parent and its forks share for each
 * of them; this is right, and ten times as slow.
 */
export async function readSharedMemory(root: number): Promise<number> {
  const sizes = (await descendants(root)).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
    return (field(rollup, 'Pss_Anon') + field(rollup, 'Pss_Shmem')) * 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function descendants(root: number): Promise<number[]> {
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
    for (const task of tasks) {
      const children = await readFile(`/proc/${pid}/task/${task}/children`, 'latin1').catch(() => '');
      for (const child of children.split(' ').filter(Boolean)) {
        found.push(Number(child));
        open.push(Number(child));
      }
    }
  }
  return found;
}

async function collectUnnamed(pid: number, sizes: Map<string, number>): Promise<void> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const file = await stat(`/proc/${pid}/fd/${descriptor}`).catch(() => undefined);
    if (file?.isFile() && file.nlink === 0) sizes.set(`${file.dev}:${file.ino}`, file.blocks * 512);
  }
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}
