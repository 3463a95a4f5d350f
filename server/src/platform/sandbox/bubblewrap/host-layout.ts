import { constants } from 'node:fs';
import { access, lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/** Which parts of the host a sandbox sees, read-only: the system's programs and libraries, and nothing of anybody's own. */
export interface HostLayout {
  /** Bubblewrap's options. */
  readonly options: readonly string[];
  /** Folders in which programs are looked for, inside and outside alike. */
  readonly searchPath: readonly string[];
}

const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'];
const topFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const interpreters = ['python3', 'node', 'bash', 'ruby', 'perl'];

/**
 * `etc` is the sandboxes' own. `hidden` are folders that must not be seen even when they lie in a part that is shown: an app
 * installed in `/usr/src/app`. `asOthers` tells that sandboxes run as a user of their own, who may go only where everybody may.
 */
export async function readHostLayout(request: {
  etc: string;
  hidden: readonly string[];
  asOthers: boolean;
}): Promise<HostLayout> {
  const options = ['--ro-bind', '/usr', '/usr', '--ro-bind', request.etc, '/etc'];
  for (const folder of topFolders) options.push(...(await mirror(folder)));

  const searchPath = [...systemPath];
  const shown = ['/usr'];
  for (const program of interpreters) {
    if (await findProgram(program, searchPath)) continue;
    const home = await findElsewhere(program, request);
    if (!home) continue;
    options.push('--ro-bind', home.prefix, home.prefix);
    shown.push(home.prefix);
    searchPath.push(home.folder);
  }
  for (const folder of request.hidden) {
    if (shown.some((root) => folder.startsWith(root + sep)))
      options.push('--tmpfs', folder, '--remount-ro', folder);
  }
  return { options, searchPath };
}

/** The program's real path, or undefined when none of the folders has it. */
export async function findProgram(name: string, searchPath: readonly string[]): Promise<string | undefined> {
  for (const folder of searchPath) {
    const real = await realpath(join(folder, name)).catch(() => undefined);
    const found = real && (await stat(real).catch(() => undefined));
    if (found && found.isFile() && (found.mode & 0o001) !== 0) return real;
  }
  return undefined;
}

/** `/bin` is a link to `usr/bin` on most systems, and a folder of its own on some. */
async function mirror(folder: string): Promise<string[]> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return [];
  return found.isSymbolicLink()
    ? ['--symlink', await readlink(folder), folder]
    : ['--ro-bind', folder, folder];
}

/**
 * An interpreter outside the system's folders, by the server's own PATH: `node` in a version manager's folder, say. It counts
 * when it is a real program (a shim is a script that needs its manager) and its folder may be entered by the sandbox's user;
 * under a home that only its owner may enter it does not.
 */
async function findElsewhere(
  program: string,
  { hidden, asOthers }: { hidden: readonly string[]; asOthers: boolean },
): Promise<{ prefix: string; folder: string } | undefined> {
  for (const folder of (process.env.PATH ?? '').split(':').filter((path) => path.startsWith('/'))) {
    const real = await realpath(join(folder, program)).catch(() => undefined);
    if (!real || !(await isNativeProgram(real))) continue;
    const prefix = dirname(dirname(real));
    const showsHidden = hidden.some((path) => `${path}${sep}`.startsWith(prefix + sep));
    if (prefix === sep || showsHidden || !(await isReachable(prefix, asOthers))) continue;
    const named = await access(join(dirname(real), program)).then(
      () => true,
      () => false,
    );
    if (named) return { prefix, folder: dirname(real) };
  }
  return undefined;
}

async function isNativeProgram(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
  return buffer.toString('latin1') === '\x7fELF';
}

async function isReachable(folder: string, asOthers: boolean): Promise<boolean> {
  for (let path = folder; path !== sep; path = dirname(path)) {
    if (asOthers && ((await stat(path)).mode & 0o001) === 0) return false;
  }
  return access(folder, constants.X_OK).then(
    () => true,
    () => false,
  );
}
