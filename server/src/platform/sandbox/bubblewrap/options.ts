import { homeEnvironment, homePrograms } from '../home-environment';
import { sandboxFolders } from '../sandbox-folders';
import { proxyEnvironment } from './forwarder';
import type { HostLayout } from './host-layout';
import { launchFolder } from './launch-folder';
import type { OwnEtc } from './own-etc';

/** `hosts`: a loopback of its own, from which a forwarder leads to a proxy. */
export type PlaceNetwork = 'none' | 'hosts' | 'open';

/** The user inside; outside it is the slot's user, or the server's own. */
const insideUser = 1000;
/** Shared memory lies in no folder that is watched: this is all of it that a sandbox gets, in bytes. */
const sharedMemoryBytes = 64 * 1024 * 1024;

export interface OptionsRequest {
  layout: HostLayout;
  etc: OwnEtc;
  /** The slot's folder on the host. */
  folder: string;
  network: PlaceNetwork;
  seccompDescriptor: number | undefined;
}

/**
 * Bubblewrap's options, in an order that matters: what is mounted later covers what was mounted before.
 *
 * They are handed over by `--args`: on the command line, the sandbox itself could read them, and with them the host's paths. A
 * command's own environment is set inside, by the shell that becomes it: as bubblewrap's own, an `LD_PRELOAD` would load a
 * skill's library outside.
 */
export function bubblewrapOptions(request: OptionsRequest): string[] {
  const env = {
    ...homeEnvironment,
    PATH: [homePrograms, ...request.layout.searchPath].join(':'),
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    ...(request.network === 'hosts' ? proxyEnvironment : {}),
  };
  return [
    ...[
      '--unshare-user',
      '--unshare-all',
      '--disable-userns',
      ...(request.network === 'open' ? ['--share-net'] : []),
    ],
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox'],
    ...['--uid', String(insideUser), '--gid', String(insideUser), '--cap-drop', 'ALL'],
    ...request.layout.options,
    ...(request.network === 'none' ? [] : request.etc.networkOptions[request.network]),
    // A process of root's in the sandbox could otherwise set `kernel.core_pattern`, which the kernel runs outside.
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...['--dev', '/dev', '--size', String(sharedMemoryBytes), '--tmpfs', '/dev/shm'],
    ...['--ro-bind', `${request.folder}/launch`, launchFolder],
    ...['--bind', `${request.folder}/tmp`, '/tmp', '--bind', `${request.folder}/work`, sandboxFolders.work],
    // Both are memory without a limit as bubblewrap makes them.
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    ...['--chdir', sandboxFolders.work, '--clearenv'],
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...(request.seccompDescriptor === undefined ? [] : ['--seccomp', String(request.seccompDescriptor)]),
  ];
}
