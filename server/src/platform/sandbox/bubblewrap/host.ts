import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lookup } from '../../guarded-fetch';
import type { Isolation } from '../sandbox';
import { openControlGroups, type ControlGroups } from './control-groups';
import { findForwarder } from './forwarder';
import { findProgram, readHostLayout, type HostLayout } from './host-layout';
import { killOrphans } from './inhabitants';
import { describeIsolation } from './isolation';
import { makeOwnEtc, type OwnEtc } from './own-etc';
import { seccompFilter } from './seccomp-filter';
import { createSlots, type Slots } from './slots';

export interface BubblewrapSettings {
  /** Where sandboxes keep their files: outside the app, in a folder that everybody may pass through. */
  root?: string;
  /** Folders that no sandbox may see: the app's own. */
  hidden?: readonly string[];
  /** False: do without control groups even where they can be had. */
  controlGroups?: boolean;
  /** Bubblewrap's path, where it is not among the system's programs. */
  program?: string;
  /** What may lead to the proxy, the best first: what is not on the host is passed over. */
  forwarders?: readonly ('socat' | 'node')[];
  /** Private addresses that sandboxes may reach where they are listed; see `readAllowedHosts`. */
  allowedPrivateHosts?: readonly string[];
  /** `sandboxLookup` unless told: how names are resolved that sandboxes ask for. */
  lookup?: Lookup;
}

/** What is found out once about the host, and is the same for all sandboxes. */
export interface Host {
  program: string;
  prlimit: string | undefined;
  layout: HostLayout;
  /** The sandboxes' own `/etc`. */
  etc: OwnEtc;
  filter: string | undefined;
  groups: ControlGroups | undefined;
  slots: Slots;
  /** How programs inside reach a proxy outside; undefined when the host has no program for it. */
  forwarder: readonly string[] | undefined;
  isolation: Isolation;
}

/**
 * Looks at the host and makes what sandboxes share. Removes what crashed servers left behind. Throws an `Error` for people when
 * there can be no sandbox. `withoutGroups` is the reason why there shall be no control groups.
 */
export async function prepareHost(settings: BubblewrapSettings, withoutGroups?: string): Promise<Host> {
  if (process.platform !== 'linux') throw new Error('bubblewrap needs Linux.');
  const program = settings.program ?? (await findProgram('bwrap', ['/usr/bin', '/usr/local/bin', '/bin']));
  if (!program) throw new Error('The program bwrap is not installed (the package is called bubblewrap).');
  const root = settings.root ?? join(tmpdir(), `strapi-skills-${process.getuid?.()}`);
  const slots = createSlots(root);
  await slots.sweep();
  await killOrphans();
  const filter = await writeFilter(root);
  const prlimit = await findProgram('prlimit', ['/usr/bin', '/bin']);
  const etc = await makeOwnEtc(root);
  const layout = await readHostLayout({
    etc: etc.folder,
    hidden: settings.hidden ?? [process.cwd()],
    asOthers: process.getuid?.() === 0,
  });
  const found = withoutGroups === undefined ? await tryControlGroups() : new Error(withoutGroups);
  const groups = found instanceof Error ? undefined : found;
  await groups?.sweep();
  const forwarder = await findForwarder(layout.searchPath, settings.forwarders);
  const isolation = describeIsolation({
    groups: found,
    prlimit: prlimit !== undefined,
    filter: filter !== undefined,
    forwarder: forwarder !== undefined,
  });
  return { program, prlimit, layout, etc, filter, groups, slots, forwarder, isolation };
}

/** False when what sandboxes share has been removed since. */
export function isComplete(host: Host | undefined): boolean {
  return (
    host !== undefined &&
    existsSync(join(host.etc.folder, 'passwd')) &&
    (!host.filter || existsSync(host.filter))
  );
}

async function tryControlGroups(): Promise<ControlGroups | Error> {
  return openControlGroups().catch((error: Error) => error);
}

/**
 * The filter of system calls where one is known for this machine. Its name is its content's, and it is put there whole: another
 * server that shares `root` may be reading it at this moment.
 */
async function writeFilter(root: string): Promise<string | undefined> {
  const bytes = seccompFilter();
  if (!bytes) return undefined;
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const filter = join(root, `seccomp-${digest}.bpf`);
  const draft = `${filter}.${process.pid}`;
  await writeFile(draft, bytes);
  await chmod(draft, 0o644);
  await rename(draft, filter);
  return filter;
}
