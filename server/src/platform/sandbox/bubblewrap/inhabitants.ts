import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ownMark } from './launch';
import { processStart } from './owner';

/**
 * A server's death takes its sandboxes with it, save those that were being made at that very moment: bubblewrap's child learns of
 * deaths only from then on when it is ready. Here are the two kinds that then remain.
 */

/** Kills the processes that have a slot's folder mounted: those that were almost made. */
export async function killInhabitants(folder: string): Promise<void> {
  const root = basename(dirname(folder)).replace(/[^\w-]/g, '\\$&');
  // What is mounted is named from its own file system's root, which need not be the host's.
  const mounted = new RegExp(` /(?:\\S*/)?${root}/${basename(folder)}/work /work `);
  const work = await identityOf(`${folder}/work`);
  if (work === undefined) return;
  for (const pid of await listPids()) {
    if (!mounted.test(await readProcess(pid, 'mountinfo'))) continue;
    // Another server's slots have the same names, in a temporary folder of its own.
    if ((await identityOf(`/proc/${pid}/root/work`)) === work) await kill(pid);
  }
}

/** What tells a folder from every other on this host; undefined when it cannot be seen. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}

/** Kills those that were only begun: they wait for ever to be told by a parent, the leader of their group, that is dead. */
export async function killOrphans(): Promise<void> {
  for (const pid of await listPids()) {
    if (!(await isOurs(pid))) continue;
    const stat = await readProcess(pid, 'stat');
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    if (group > 0 && (await processStart(group)) === undefined) await kill(pid);
  }
}

/** True for a process of bubblewrap that was started by us: pids are used again, and another's must never be killed. */
export async function isOurs(pid: number): Promise<boolean> {
  return (await readProcess(pid, 'cmdline')).endsWith(`\0${ownMark}\0`);
}

async function listPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Empty for a process that is gone, or is somebody else's. */
async function readProcess(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '');
}

async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Somebody else's orphan is for their server to end.
    if (code === 'ESRCH' || code === 'EPERM') return;
    throw error;
  }
  while ((await processStart(pid)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
}
