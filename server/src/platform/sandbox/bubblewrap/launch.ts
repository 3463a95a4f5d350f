import type { SandboxLimits } from '../sandbox';
import { sandboxFolders } from '../sandbox-folders';
import type { ControlGroup, SandboxUser } from './control-groups';
import { forwarderScript } from './forwarder';

/** A command for `spawn`, and as whom it is started; undefined is the server's own user. */
export interface Launch {
  command: readonly string[];
  user: SandboxUser | undefined;
}

/**
 * How much of its memory limit a single process may have where only the watcher holds memory: as much as it may allocate between
 * two looks, so that it is the watcher that ends it, and says why.
 */
const processMemoryFactor = 4;
/** The shell's unit for sizes of files; other sizes it takes in KiB. */
const blockBytes = 512;

/**
 * Starts bubblewrap behind a shell that first limits itself and moves itself into the control group: both pass on to all that
 * comes after, so there is no moment in which something runs outside. There is no address-space limit: Node reserves gigabytes
 * that it never uses.
 */
export function launch(
  command: readonly string[],
  {
    limits,
    group,
    user,
  }: { limits: SandboxLimits; group: ControlGroup | undefined; user: SandboxUser | undefined },
): Launch {
  const entries = group?.entries ?? [];
  const steps = [
    `ulimit -t ${Math.ceil(limits.timeMs / 1000) + 1}`,
    `ulimit -f ${Math.ceil(limits.diskBytes / blockBytes)}`,
    'ulimit -n 1024',
    'ulimit -c 0',
    ...(group ? [] : [`ulimit -d ${Math.ceil((limits.memoryBytes * processMemoryFactor) / 1024)}`]),
    // A pid of 0 stands for the process that writes it.
    ...entries.map((_, index) => `echo 0 > "$${index + 1}"`),
    `shift ${entries.length}`,
    'exec "$@"',
  ];
  const asUser = group?.entersAsUser ?? true;
  const rest = asUser || !user ? command : [...become(user), ...command];
  return {
    command: ['/bin/sh', '-c', steps.join(' && '), 'sh', ...entries, ...rest],
    user: asUser ? user : undefined,
  };
}

function become({ uid, gid }: SandboxUser): string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
}

/** The last word of our sandboxes' command lines, by which they are known. */
export const ownMark = 'strapi-skills-sandbox';

export type InnerCommand = readonly string[];

/** What is told in one line has line breaks only as the waiting shell's first parameter. */
const lineBreak = "'\n'";
const lineBreakInQuotes = `'"$1"'`;

/** What the shell that waits inside is to do. */
export interface Orders {
  /** One line that it is told over its pipe and that is written nowhere, for the environment may hold secrets. */
  spoken: string;
  /** What it then reads from a file, which is faster. */
  written: string;
}

/**
 * The program that waits inside: a shell that reads a line of orders and does what that says, whereby it becomes something else. When
 * the server is gone, so are its orders, and the shell ends. Where no control group counts processes, `prlimit` does: inside, they
 * are counted in the sandbox's own user namespace, and not together with the server's. Bubblewrap's init is one of them.
 */
export function innerCommand(
  orders: number,
  processes: { prlimit: string; limit: number } | undefined,
  forwarder?: readonly string[],
): InnerCommand {
  const way = forwarder && forwarderScript(forwarder, orders);
  const read = `IFS= read -r order <&${orders} || exit`;
  const steps = [way?.start, `set -- ${lineBreak}`, read, way?.await, 'eval "$order"'];
  const shell = ['/bin/sh', '-c', steps.filter((step) => step !== undefined).join('\n'), ownMark];
  return processes ? [processes.prlimit, `--nproc=${processes.limit + 1}`, '--', ...shell] : shell;
}

/** Orders by which the waiting shell becomes a command. Throws `RangeError` for what no command or environment can hold. */
export function becomingScript(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  orders: number,
): Orders {
  const exports = Object.entries(env).map(([name, value]) => {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new RangeError(`"${name}" cannot name an environment variable.`);
    return `export ${name}=${quote(value).replaceAll('\n', lineBreakInQuotes)}`;
  });
  // A run may have removed the folder, and what is not run in it must still be run: packing, say.
  const enter = `cd ${sandboxFolders.skill} || exit 126; unset OLDPWD`;
  const spoken = [enter, ...exports].join('; ');
  return { spoken, written: `exec ${command.map(quote).join(' ')} ${orders}<&-` };
}

function quote(word: string): string {
  if (word.includes('\0')) throw new RangeError('A command and its environment cannot hold NUL.');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
