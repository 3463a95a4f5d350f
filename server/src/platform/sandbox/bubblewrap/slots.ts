import { chmod, chown, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxFullError } from '../sandbox-error';
import type { SandboxUser } from './control-groups';
import { describeSelf, fateOf, type Owner } from './owner';
import { killInhabitants } from './inhabitants';
import { removeTree } from './remove-tree';

/**
 * A numbered place for one sandbox: a folder and, when the server is root, a user id that no other running sandbox has. The
 * kernel counts processes by user id, so a shared one would let a run starve its neighbours, and it could signal them.
 */
export interface Slot {
  readonly name: string;
  /**
   * Holds `work` and `tmp`, which the sandbox's user owns, `launch`, which it can only read, and the owner's note, which it cannot
   * see. Nobody but the server and that user gets into it.
   */
  readonly folder: string;
  /** Undefined when the server is not root: then sandboxes have the server's own user id. */
  readonly user: SandboxUser | undefined;
  release(): Promise<void>;
}

export interface Slots {
  /** Rejects with `SandboxFullError` when all are taken. */
  claim(): Promise<Slot>;
  /** Removes the slots of servers that are gone, and kills what still runs in them. Answers the names removed. */
  sweep(): Promise<string[]>;
}

/** User ids that neither Debian nor systemd hand out to anybody. https://systemd.io/UIDS-GIDS/ */
const firstUid = 60_600;
const slotCount = 500;
const ownerFile = 'owner.json';
/** A slot of a process that cannot be seen from here is left alone for this long. */
const foreignSlotMs = 24 * 60 * 60 * 1000;
/** Between `mkdir` and the owner's note lies a moment in which another server must not sweep the slot away. */
const unclaimedSlotMs = 60 * 1000;

export function createSlots(root: string): Slots {
  const asRoot = process.getuid?.() === 0;
  const taken = new Set<number>();
  let self: Promise<Owner> | undefined;

  async function claim(): Promise<Slot> {
    self ??= describeSelf();
    await prepareRoot(root);
    for (let index = 0; index < slotCount; index += 1) {
      if (taken.has(index)) continue;
      taken.add(index);
      const folder = join(root, `slot-${index}`);
      try {
        await mkdir(folder, { mode: 0o700 });
      } catch (error) {
        taken.delete(index);
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw error;
      }
      const user = asRoot ? { uid: firstUid + index, gid: firstUid + index } : undefined;
      await shut(folder, user);
      await furnish(folder, user, await self);
      const release = () => removeSlot(folder).finally(() => taken.delete(index));
      return { name: `slot-${index}`, folder, user, release };
    }
    throw new SandboxFullError(
      `All ${slotCount} sandboxes that this host has room for are in use. There is room again when a run has ended.`,
    );
  }

  async function sweep(): Promise<string[]> {
    self ??= describeSelf();
    await prepareRoot(root);
    const names = (await readdir(root)).filter((name) => name.startsWith('slot-'));
    const removed: string[] = [];
    const failures: unknown[] = [];
    for (const name of names) {
      try {
        if (!(await isAbandoned(join(root, name), await self))) continue;
        await killInhabitants(join(root, name));
        await removeSlot(join(root, name));
        removed.push(name);
      } catch (error) {
        // One slot that will not go must not keep the others.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return removed;
  }

  return { claim, sweep };
}

/**
 * The owner's note goes last: a server that is killed in the middle of this leaves a slot that still says whose it was, and the
 * next one removes the rest.
 */
async function removeSlot(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name !== ownerFile) await removeTree(join(folder, name));
  await removeTree(folder);
}

/**
 * A run may open its own folders to everybody and put a program into them that everybody may start: of other users of the host,
 * none is let in as far as that. All modes are set, for a folder around this one may have passed a group on to what is made in it.
 */
async function shut(folder: string, user: Slot['user']): Promise<void> {
  if (user) await chown(folder, 0, user.gid);
  await chmod(folder, user ? 0o710 : 0o700);
}

async function furnish(folder: string, user: Slot['user'], owner: Owner): Promise<void> {
  await writeFile(join(folder, ownerFile), JSON.stringify(owner), { mode: 0o600 });
  const folders = ['launch', 'tmp', 'work', 'work/skill', 'work/input', 'work/output', 'work/home'];
  for (const path of folders.map((name) => join(folder, name))) {
    await mkdir(path, { mode: 0o700 });
    if (user) await chown(path, user.uid, user.gid);
  }
}

async function isAbandoned(folder: string, self: Owner): Promise<boolean> {
  const stat = await lstat(folder).catch(() => undefined);
  // Its own server has released it meanwhile.
  if (stat === undefined) return false;
  const age = Date.now() - stat.mtimeMs;
  const note = await readNote(folder);
  if (note === undefined) return age > unclaimedSlotMs;
  const fate = await fateOf(note, self);
  return fate === 'dead' || (fate === 'unknown' && age > foreignSlotMs);
}

/** Undefined for a note that is not there yet, or that its writer was killed over. */
async function readNote(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, ownerFile), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/**
 * The root lies in a folder that every user of the host may write, so another user may have made it first: one that is not
 * ours alone to write is refused. Others may pass through it (a slot's user must), but not list it.
 */
async function prepareRoot(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o711 });
  const stat = await lstat(root);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(`${root} belongs to somebody else.`);
  }
  if ((stat.mode & 0o777) !== 0o711) await chmod(root, 0o711);
}
