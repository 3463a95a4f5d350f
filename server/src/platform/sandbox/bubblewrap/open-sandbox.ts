import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../sandbox';
import type { DialSettings } from '../host-proxy/dial';
import { openHostProxy, type HostProxy } from '../host-proxy/host-proxy';
import { namesBelowWork, sandboxFolders } from '../sandbox-folders';
import { homePrograms } from '../home-environment';
import { packFolder, unpackArchive } from './archives';
import { descriptors } from './armed-command';
import { runCommand } from './command';
import { createDiskMeter } from './disk-use';
import { createGuardedFiles, toReadable, type GuardedFiles } from './guarded-files';
import { findProgram } from './host-layout';
import { proxySocket } from './forwarder';
import { becomingScript } from './launch';
import type { Place } from './place';
import { createSandboxLife } from './sandbox-life';
import { openTerminal } from './terminal';
import type { WatchRequest } from './use-watch';

/** What a sandbox is opened in, but for its place. */
export interface Surroundings extends DialSettings {
  onDispose: () => void;
}

type Watch = Omit<WatchRequest, 'pid'>;

/** Unpacks the archives and lays the files in. On failure the place is given back. */
export async function openSandbox(
  place: Place,
  options: SandboxOptions,
  surroundings: Surroundings,
): Promise<Sandbox> {
  let proxy: HostProxy | undefined;
  try {
    proxy = await openProxy(place, options, surroundings);
    const work = join(place.slot.folder, 'work');
    const files = createGuardedFiles(work, place.slot.user);
    const watch = watchOf(place);
    for (const archive of options.archives ?? []) {
      await unpackArchive(place, archive, { ...watch, signal: options.signal });
    }
    for await (const { path, content, executable } of options.files) {
      await files.write(namesBelowWork(`${sandboxFolders.skill}/${path}`), content(), executable);
    }
    const baselineBytes = await watch.disk.read(Infinity);
    const remove = async () => {
      await proxy?.close();
      await place.release().finally(surroundings.onDispose);
    };
    return sandboxIn(place, files, { ...watch, baselineBytes }, options, remove);
  } catch (error) {
    await proxy?.close();
    await place.release();
    throw error;
  }
}

async function openProxy(
  { slot }: Place,
  { network }: SandboxOptions,
  dialing: DialSettings,
): Promise<HostProxy | undefined> {
  if (typeof network === 'boolean' || network.hosts.length === 0) return undefined;
  const path = join(slot.folder, 'launch', proxySocket);
  return openHostProxy({ ...dialing, path, hosts: network.hosts, user: slot.user });
}

function watchOf({ slot, group, host, limits }: Place): Watch {
  return {
    disk: createDiskMeter(['work', 'tmp'].map((name) => join(slot.folder, name))),
    limits,
    baselineBytes: 0,
    group,
    groupCountsProcesses: group !== undefined && host.groups?.countsProcesses === true,
  };
}

function sandboxIn(
  place: Place,
  files: GuardedFiles,
  watch: Watch,
  options: SandboxOptions,
  remove: () => Promise<void>,
): Sandbox {
  const { searchPath } = place.host.layout;
  const life = createSandboxLife();
  const ownSignals = [life.halted, ...(options.signal ? [options.signal] : [])];

  return {
    isolation: place.host.isolation,
    async has(program) {
      if ((await findProgram(program, searchPath)) !== undefined) return true;
      return !program.includes('/') && files.has(namesBelowWork(`${homePrograms}/${program}`));
    },
    async exec(command, exec = {}) {
      life.assertRunning();
      const script = becomingScript(command, { ...options.env, ...exec.env }, descriptors.orders);
      const signal = AbortSignal.any([...ownSignals, ...(exec.signal ? [exec.signal] : [])]);
      const run = place
        .takeCommand()
        .then((armed) => runCommand({ ...watch, armed, script, exec: { ...exec, signal } }));
      return life.run(run);
    },
    async openTerminal(terminal) {
      life.assertRunning();
      const shell = (await findProgram('bash', searchPath)) ? 'bash' : 'sh';
      const signal = AbortSignal.any(ownSignals);
      const opened = openTerminal({ ...watch, place, terminal, shell, env: options.env, signal });
      life.run(opened.then(({ ended }) => ended)).catch(() => undefined);
      return opened;
    },
    readFile: async (path) => files.read(namesBelowWork(path)),
    writeFile: async (path, content) => files.write(namesBelowWork(path), toReadable(content), false),
    list: async (folder) => files.list(namesBelowWork(folder)),
    async pack(folder) {
      life.assertThere();
      const maxBytes = watch.baselineBytes + options.limits.diskBytes;
      return packFolder(place, folder, {
        maxBytes,
        signal: life.disposed,
        onArmed: (ended) => void life.use(ended).catch(() => undefined),
      });
    },
    halt: () => life.halt(),
    dispose: () => life.dispose(remove),
  };
}
