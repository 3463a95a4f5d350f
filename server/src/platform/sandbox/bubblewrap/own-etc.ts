import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What programs need of the host's `/etc`. Passwords, keys and host names are not among it; `awk` is a link into `alternatives`. */
const copied = [
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
  'fonts',
  'nsswitch.conf',
];
/** What a sandbox with network needs besides, as it is at that moment: how names are resolved, and whom to trust. */
const forNetwork = {
  files: ['resolv.conf', 'hosts', 'services', 'protocols'],
  folders: ['ssl', 'ca-certificates', 'pki'],
};

const own = {
  passwd: 'skill:x:1000:1000:skill:/work/home:/bin/sh\n',
  group: 'skill:x:1000:\n',
};

/**
 * Makes the sandboxes' own `/etc` in `root`, unless one made of the same is there already, and answers its folder. It is one
 * folder rather than a mount for each file, because every mount costs a sandbox's start some of its time. It never changes, so
 * that other servers which share `root` can go on using it.
 */
export async function makeOwnEtc(root: string): Promise<string> {
  const folder = join(root, `etc-${await fingerprint()}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(join(root, 'draft-'));
  for (const name of copied) await copyIfThere(name, draft);
  const files = { ...own, ...Object.fromEntries(forNetwork.files.map((name) => [name, ''])) };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(draft, name), text);
    await chmod(join(draft, name), 0o644);
  }
  for (const name of forNetwork.folders) await mkdir(join(draft, name));
  await chmod(draft, 0o755);
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Of what is copied, as far as times and sizes tell, and of this list itself. */
async function fingerprint(): Promise<string> {
  const stats = await Promise.all(copied.map((name) => lstat(join('/etc', name)).catch(() => undefined)));
  const facts = stats.map((stat) => (stat ? [stat.mtimeMs, stat.size] : null));
  return createHash('sha256')
    .update(JSON.stringify([copied, own, forNetwork, facts]))
    .digest('hex')
    .slice(0, 16);
}

const show = (names: readonly string[]) =>
  names.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]);

/** Bubblewrap's options that fill in what is needed for the network. Behind a proxy, names are resolved by that. */
export const networkOptions: Readonly<Record<'open' | 'hosts', readonly string[]>> = {
  open: show([...forNetwork.files, ...forNetwork.folders]),
  hosts: show(forNetwork.folders),
};

async function copyIfThere(name: string, target: string): Promise<void> {
  try {
    // Links stay links: they lead to what is visible inside, or nowhere.
    await cp(join('/etc', name), join(target, name), { recursive: true, verbatimSymlinks: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
