import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { SandboxEntry } from '../sandbox';

/**
 * The server's own hands in a folder that a hostile program may be changing at the same moment. Every name on the way is opened
 * by itself, relative to the folder opened before it and never through a link (`/proc/self/fd/N/name` is Linux's openat), so
 * nothing outside the folder can be reached, whatever is swapped meanwhile.
 *
 * What a run has shut is opened all the same, as the run itself could: a server that is not root is the same user as the run, and would
 * be shut out with everybody.
 */
export interface GuardedFiles {
  read(names: readonly string[]): Promise<Readable>;
  write(names: readonly string[], content: Readable, executable: boolean): Promise<void>;
  list(names: readonly string[]): Promise<SandboxEntry[]>;
  /** Whether there is something of this name, be it a link. */
  has(names: readonly string[]): Promise<boolean>;
}

const openAsFolder = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
// Without O_NONBLOCK, opening a named pipe would wait for ever for somebody to write into it.
const openToRead = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const openToWrite =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Linux's O_PATH, which Node does not name: what is opened by it can be told of and changed, but not read, whatever its mode. */
const openToTell = 0o10000000 | constants.O_NOFOLLOW;
const maxDepth = 64;
const maxEntries = 50_000;

/** `user` owns what is written here; undefined leaves it the server's. */
export function createGuardedFiles(
  root: string,
  user: { uid: number; gid: number } | undefined,
): GuardedFiles {
  async function enter(names: readonly string[], create: boolean): Promise<FileHandle> {
    let folder = await openFolder(root, create);
    for (const name of names) {
      const outer = folder;
      try {
        if (create) await makeFolder(child(outer, name), user);
        folder = await openFolder(child(outer, name), create);
      } finally {
        await outer.close();
      }
    }
    return folder;
  }

  async function openBelow(names: readonly string[], flags: number, mode: number): Promise<FileHandle> {
    const creates = (flags & constants.O_CREAT) !== 0;
    const folder = await enter(names.slice(0, -1), creates);
    try {
      const file = await openShut(child(folder, names.at(-1) ?? '.'), flags, mode);
      if ((await file.stat()).isFile()) return file;
      await file.close();
      throw new Error(`"${names.join('/')}" is not a regular file.`);
    } finally {
      await folder.close();
    }
  }

  return {
    read: async (names) => (await openBelow(names, openToRead, 0)).createReadStream(),

    async write(names, content, executable) {
      await fill(await openBelow(names, openToWrite, 0o600), content, executable ? 0o755 : 0o644, user);
    },

    async has(names) {
      const folder = await enter(names.slice(0, -1), false).catch(() => undefined);
      return folder !== undefined && exists(child(folder, names.at(-1) ?? '.')).finally(() => folder.close());
    },

    async list(names) {
      const folder = await enter(names, false);
      const entries: SandboxEntry[] = [];
      try {
        await collect(folder, '', 0, entries);
      } finally {
        await folder.close();
      }
      return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

/** Opens a file or a folder, and one that its owner has shut, too. */
async function openShut(path: string, flags: number, mode?: number): Promise<FileHandle> {
  try {
    return await open(path, flags, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await unlock(path, (flags & constants.O_WRONLY) === 0 ? 0o400 : 0o600);
    return open(path, flags, mode);
  }
}

/** Changes what was looked at, by its descriptor: its name may stand for something else meanwhile. */
async function unlock(path: string, rights: number): Promise<void> {
  const found = await open(path, openToTell);
  try {
    const stat = await found.stat();
    if (stat.isFile() || stat.isDirectory()) await chmod(`/proc/self/fd/${found.fd}`, stat.mode | rights);
  } finally {
    await found.close();
  }
}

async function openFolder(path: string, toWrite: boolean): Promise<FileHandle> {
  const folder = await openShut(path, openAsFolder);
  try {
    await grant(folder, toWrite ? 0o700 : 0o500);
    return folder;
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** A folder that could be opened may still be none that may be entered or written to. */
async function grant(folder: FileHandle, rights: number): Promise<void> {
  const { mode } = await folder.stat();
  if ((mode & rights) !== rights) await folder.chmod(mode | rights);
}

/** Writes a file that is open, and closes it: its owner is set last, for from then on it is the sandbox's. */
async function fill(
  file: FileHandle,
  content: Readable,
  mode: number,
  user: { uid: number; gid: number } | undefined,
): Promise<void> {
  try {
    for await (const chunk of content) await file.writeFile(chunk as Buffer);
    await file.chmod(mode);
    if (user) await file.chown(user.uid, user.gid);
  } finally {
    await file.close();
  }
}

/** `Readable` from bytes already at hand. */
export function toReadable(content: Buffer | Readable): Readable {
  return Buffer.isBuffer(content) ? Readable.from([content]) : content;
}

const child = (folder: FileHandle, name: string) => `/proc/self/fd/${folder.fd}/${name}`;

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function makeFolder(path: string, user: { uid: number; gid: number } | undefined): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  if (!user) return;
  const made = await open(path, openAsFolder);
  await made.chown(user.uid, user.gid).finally(() => made.close());
}

/**
 * Names that are not UTF-8 are passed over: no path of the port could name them. Throws `RangeError` rather than answer a part
 * of what there is.
 */
async function collect(
  folder: FileHandle,
  prefix: string,
  depth: number,
  entries: SandboxEntry[],
): Promise<void> {
  if (depth > maxDepth) throw new RangeError(`The folder is nested deeper than ${maxDepth} levels.`);
  const found = await readdir(`/proc/self/fd/${folder.fd}`, { withFileTypes: true });
  for (const { name } of found.filter((entry) => entry.isFile() || entry.isDirectory())) {
    const handle = await openUnlessGone(child(folder, name));
    if (!handle) continue;
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) {
        await grant(handle, 0o500);
        await collect(handle, `${prefix}${name}/`, depth + 1, entries);
      } else if (stat.isFile()) {
        entries.push({ path: prefix + name, size: stat.size, executable: (stat.mode & 0o100) !== 0 });
      }
    } finally {
      await handle.close();
    }
    if (entries.length > maxEntries) throw new RangeError(`The folder holds more than ${maxEntries} files.`);
  }
}

/** Between listing and opening, an entry may vanish or become a link: then it is no file of this folder any more. */
async function openUnlessGone(path: string): Promise<FileHandle | undefined> {
  try {
    return await openShut(path, openToRead);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO') return undefined;
    throw error;
  }
}
