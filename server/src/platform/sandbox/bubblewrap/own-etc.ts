import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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
/** What a sandbox with an open network needs besides, as it is at that moment: how names are resolved. */
const resolving = ['resolv.conf', 'hosts', 'services', 'protocols'];
/**
 * And what every sandbox with network needs: whom to trust, wherever a distribution keeps that. The folders around it are not shown: in
 * `ssl/private`, `pki/tls/private` and others beside it lie the host's own keys.
 */
const trust = [
  ...['ssl/certs', 'ssl/openssl.cnf', 'ssl/cert.pem', 'ssl/ca-bundle.pem', 'ca-certificates/extracted'],
  ...['pki/ca-trust', 'pki/tls/certs', 'pki/tls/openssl.cnf', 'pki/tls/cert.pem'],
];

const own = {
  passwd: 'skill:x:1000:1000:skill:/work/home:/bin/sh\n',
  group: 'skill:x:1000:\n',
};

export interface OwnEtc {
  readonly folder: string;
  /** Bubblewrap's options that fill in what is needed for the network. Behind a proxy, names are resolved by that. */
  readonly networkOptions: Readonly<Record<'open' | 'hosts', readonly string[]>>;
}

/**
 * Makes the sandboxes' own `/etc` in `root`, unless one made of the same is there already. It is one folder rather than a mount for
 * each file, because every mount costs a sandbox's start some of its time. It never changes, so that other servers which share `root`
 * can go on using it.
 */
export async function makeOwnEtc(root: string): Promise<OwnEtc> {
  // Where nothing is on the host, nothing is to be mounted: an empty list of whom to trust would hide a full one elsewhere.
  const trusted = trust.filter((name) => existsSync(join('/etc', name)));
  const networkOptions = { open: show([...resolving, ...trusted]), hosts: show(trusted) };
  const folder = join(root, `etc-${await fingerprint(trusted)}`);
  if (!existsSync(folder)) await make(folder, trusted);
  return { folder, networkOptions };
}

async function make(folder: string, trusted: readonly string[]): Promise<void> {
  const root = dirname(folder);
  const draft = await mkdtemp(join(root, 'draft-'));
  for (const name of copied) await copyIfThere(name, draft);
  const files = { ...own, ...Object.fromEntries(resolving.map((name) => [name, ''])) };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(draft, name), text);
    await chmod(join(draft, name), 0o644);
  }
  for (const name of trusted) await makePlace(draft, name);
  await chmod(draft, 0o755);
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Something empty on which that of the host can be mounted, in folders that everybody may pass. */
async function makePlace(draft: string, name: string): Promise<void> {
  const isFolder = (await stat(join('/etc', name))).isDirectory();
  const folders = name.split('/').slice(0, isFolder ? undefined : -1);
  for (const [index] of folders.entries()) {
    const path = join(draft, ...folders.slice(0, index + 1));
    await mkdir(path, { recursive: true });
    await chmod(path, 0o755);
  }
  if (!isFolder) await writeFile(join(draft, name), '');
}

/** Of what is copied, as far as times and sizes tell, and of this list itself. */
async function fingerprint(trusted: readonly string[]): Promise<string> {
  const stats = await Promise.all(copied.map((name) => lstat(join('/etc', name)).catch(() => undefined)));
  const facts = stats.map((stat) => (stat ? [stat.mtimeMs, stat.size] : null));
  return createHash('sha256')
    .update(JSON.stringify([copied, own, resolving, trusted, facts]))
    .digest('hex')
    .slice(0, 16);
}

const show = (names: readonly string[]) =>
  names.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]);

async function copyIfThere(name: string, target: string): Promise<void> {
  try {
    // Links stay links: they lead to what is visible inside, or nowhere.
    await cp(join('/etc', name), join(target, name), { recursive: true, verbatimSymlinks: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
