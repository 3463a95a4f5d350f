import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxLimits } from '../sandbox';

/** A control group around the processes of one sandbox: the kernel itself holds them to their memory and number. */
export interface ControlGroup {
  /** The files into which a process writes to be in the group, with all that it starts from then on. */
  readonly entries: readonly string[];
  /** False: only the server's own user may write there, so a process takes on its user after it. */
  readonly entersAsUser: boolean;
  /** Which of its limits the kernel has had to enforce so far. */
  exceeded(): Promise<'memory' | 'processes' | null>;
  /** Lets what was enforced so far be the past: the next command is not to answer for it. */
  forgive(): Promise<void>;
  /** To be called when no process is left in it. */
  remove(): Promise<void>;
}

export interface SandboxUser {
  uid: number;
  gid: number;
}

export interface ControlGroups {
  /** False where only memory can be had. */
  readonly countsProcesses: boolean;
  /** A group for the commands of one user, `undefined` being the server's own. */
  create(limits: SandboxLimits, user: SandboxUser | undefined): Promise<ControlGroup>;
  /** Removes the empty groups of processes that are gone. */
  sweep(): Promise<void>;
}

/** Bubblewrap's own two processes count as well. */
const ownProcesses = 2;

/**
 * Finds where this process may make groups. Throws an `Error` with the reason when it may not: that is the rule rather than
 * the exception for servers that do not run as root.
 */
export async function openControlGroups(
  mount = '/sys/fs/cgroup',
  self = '/proc/self/cgroup',
): Promise<ControlGroups> {
  const lines = (await readFile(self, 'utf8')).trim().split('\n');
  const hierarchies = lines.map((line) => {
    const [, controllers = '', ...path] = line.split(':');
    return { controllers: controllers.split(','), path: path.join(':') };
  });
  const separate = (controller: string) =>
    hierarchies.find(({ controllers }) => controllers.includes(controller));
  const memory = separate('memory');
  if (memory) {
    const pids = separate('pids');
    const memoryParent = await firstWritable([join(mount, 'memory', memory.path), join(mount, 'memory')]);
    const pidsParent =
      pids &&
      (await firstWritable([join(mount, 'pids', pids.path), join(mount, 'pids')]).catch(() => undefined));
    return separateHierarchies(memoryParent, pidsParent);
  }
  const unified = hierarchies.find(({ controllers }) => controllers[0] === '');
  if (!unified) throw new Error('the host has no control groups');
  const parent = await firstWritable([join(mount, unified.path)]);
  await delegateControllers(parent);
  return unifiedHierarchy(parent);
}

/** Names carry the pid of their maker, so that a later server can tell which are abandoned. */
const namePattern = /^skills-(\d+)-\d+$/;
let made = 0;
const newName = () => `skills-${process.pid}-${(made += 1)}`;

/** Version 1: each controller has a tree of its own. The user moves itself: to do so, it owns the file that is written to. */
function separateHierarchies(memoryParent: string, pidsParent: string | undefined): ControlGroups {
  const parents = [memoryParent, ...(pidsParent ? [pidsParent] : [])];
  return {
    countsProcesses: pidsParent !== undefined,
    async create(limits, user) {
      const name = newName();
      const memory = join(memoryParent, name);
      const folders = parents.map((parent) => join(parent, name));
      for (const folder of folders) await mkdir(folder);
      await writeFile(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
      // Absent where swap is not accounted for.
      await writeFile(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes)).catch(
        () => undefined,
      );
      const pids = pidsParent && join(pidsParent, name);
      if (pids) await writeFile(join(pids, 'pids.max'), String(limits.processes + ownProcesses));
      if (user) {
        for (const folder of folders) {
          // The server's umask has had its say in `mkdir`.
          await chmod(folder, 0o755);
          await chown(join(folder, 'cgroup.procs'), user.uid, user.gid);
        }
      }
      return {
        entries: folders.map((folder) => join(folder, 'cgroup.procs')),
        entersAsUser: true,
        ...group(folders, {
          memory: join(memory, 'memory.oom_control'),
          pids: pids && join(pids, 'pids.events'),
        }),
      };
    },
    sweep: () => sweepFolders(parents),
  };
}

/** Version 2: one tree for all controllers. Only who may write to all of it may move a process, so a user is taken on after. */
function unifiedHierarchy(parent: string): ControlGroups {
  return {
    countsProcesses: true,
    async create(limits) {
      const folder = join(parent, newName());
      await mkdir(folder);
      await writeFile(join(folder, 'memory.max'), String(limits.memoryBytes));
      await writeFile(join(folder, 'memory.swap.max'), '0').catch(() => undefined);
      await writeFile(join(folder, 'memory.oom.group'), '1').catch(() => undefined);
      await writeFile(join(folder, 'pids.max'), String(limits.processes + ownProcesses));
      return {
        entries: [join(folder, 'cgroup.procs')],
        entersAsUser: false,
        ...group([folder], { memory: join(folder, 'memory.events'), pids: join(folder, 'pids.events') }),
      };
    },
    sweep: () => sweepFolders([parent]),
  };
}

function group(
  folders: readonly string[],
  counters: { memory: string; pids: string | undefined },
): Pick<ControlGroup, 'exceeded' | 'forgive' | 'remove'> {
  const forgiven = { memory: 0, pids: 0 };
  const readMemory = () => readCounter(counters.memory, 'oom_kill');
  const readPids = async () => (counters.pids ? readCounter(counters.pids, 'max') : 0);
  return {
    async exceeded() {
      if ((await readMemory()) > forgiven.memory) return 'memory';
      return (await readPids()) > forgiven.pids ? 'processes' : null;
    },
    async forgive() {
      forgiven.memory = await readMemory();
      forgiven.pids = await readPids();
    },
    async remove() {
      for (const folder of folders) await removeWhenEmpty(folder);
    },
  };
}

async function readCounter(file: string, name: string): Promise<number> {
  const text = await readFile(file, 'latin1');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** The kernel counts a process until its last traces are gone, which may be a moment after its parent was told. */
async function removeWhenEmpty(folder: string): Promise<void> {
  for (let attempt = 1; !(await removeIfEmpty(folder)); attempt += 1) {
    if (attempt === 50) throw new Error(`The control group ${folder} is still in use.`);
    await new Promise((resolve) => setTimeout(resolve, attempt));
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EBUSY') return false;
    if (code === 'ENOENT') return true;
    throw error;
  }
}

/** A group in which somebody is left is not abandoned, whatever its name says: its maker may live in another container. */
async function sweepFolders(parents: readonly string[]): Promise<void> {
  for (const parent of parents) {
    for (const name of await readdir(parent)) {
      const maker = namePattern.exec(name)?.[1];
      if (maker !== undefined && !existsSync(`/proc/${maker}`)) await removeIfEmpty(join(parent, name));
    }
  }
}

/** Making a folder is the only honest test: permission bits say nothing about read-only mounts and namespaces. */
async function firstWritable(parents: readonly string[]): Promise<string> {
  let reason = '';
  for (const parent of parents) {
    const trial = join(parent, `skills-trial-${process.pid}`);
    try {
      await mkdir(trial);
      await rmdir(trial);
      return parent;
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new Error(`no control group can be made (${reason})`);
}

async function delegateControllers(parent: string): Promise<void> {
  const file = join(parent, 'cgroup.subtree_control');
  const delegated = (await readFile(file, 'utf8')).trim().split(' ');
  if (delegated.includes('memory') && delegated.includes('pids')) return;
  try {
    await writeFile(file, '+memory +pids');
  } catch (error) {
    throw new Error(`the memory controller is not delegated to this server (${(error as Error).message})`);
  }
}
