import { readFile, readlink } from 'node:fs/promises';

/**
 * Who made a folder or a control group: enough to tell, after a crash, whether its maker still lives. A pid alone does not
 * tell (pids are used again), and a pid from another pid namespace (a second container that shares the folder) means nothing.
 */
export interface Owner {
  pid: number;
  /** Clock ticks since boot at which the process started: with the pid it names a process for good. */
  startedAt: string;
  pidNamespace: string;
  boot: string;
}

export async function describeSelf(): Promise<Owner> {
  const [startedAt, pidNamespace, boot] = await Promise.all([
    processStart(process.pid),
    readlink('/proc/self/ns/pid'),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
  ]);
  return { pid: process.pid, startedAt: startedAt ?? '', pidNamespace, boot: boot.trim() };
}

/** `unknown` when the owner lives, or lived, in another pid namespace of the same boot. */
export async function fateOf(owner: Owner, self: Owner): Promise<'alive' | 'dead' | 'unknown'> {
  if (owner.boot !== self.boot) return 'dead';
  if (owner.pidNamespace !== self.pidNamespace) return 'unknown';
  return (await processStart(owner.pid)) === owner.startedAt ? 'alive' : 'dead';
}

/** The 22nd field of `/proc/<pid>/stat`; undefined when there is no such process, or when it is a zombie. */
export async function processStart(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The second field is the program's name in brackets and may hold anything, brackets and blanks too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
