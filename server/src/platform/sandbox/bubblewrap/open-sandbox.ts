import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../sandbox';
import { namesBelowWork, sandboxFolders } from '../sandbox-folders';
import { descriptors } from './armed-command';
import { runCommand } from './command';
import { readDiskUse } from './disk-use';
import { createGuardedFiles, toReadable, type GuardedFiles } from './guarded-files';
import { findProgram } from './host-layout';
import { becomingScript } from './launch';
import type { Place } from './place';

/** Lays the files in. On failure the place is given back. */
export async function openSandbox(
  place: Place,
  options: SandboxOptions,
  onDispose: () => void,
): Promise<Sandbox> {
  try {
    const work = join(place.slot.folder, 'work');
    const files = createGuardedFiles(work, place.slot.user);
    for await (const { path, content, executable } of options.files) {
      await files.write(namesBelowWork(`${sandboxFolders.skill}/${path}`), content(), executable);
    }
    return sandboxIn(place, files, await readDiskUse(work, Infinity), options, onDispose);
  } catch (error) {
    await place.release();
    throw error;
  }
}

function sandboxIn(
  place: Place,
  files: GuardedFiles,
  baselineBytes: number,
  options: SandboxOptions,
  onDispose: () => void,
): Sandbox {
  const { host, slot, group } = place;
  const running = new Set<Promise<unknown>>();
  const killer = new AbortController();
  let disposal: Promise<void> | undefined;

  async function dispose(): Promise<void> {
    killer.abort();
    await Promise.allSettled(running);
    await place.release().finally(onDispose);
  }

  return {
    isolation: host.isolation,
    has: async (program) => (await findProgram(program, host.layout.searchPath)) !== undefined,
    async exec(command, exec = {}) {
      if (disposal) throw new Error('The sandbox is disposed of.');
      const script = becomingScript(command, { ...options.env, ...exec.env }, descriptors.orders);
      const signals = [killer.signal, options.signal, exec.signal].filter((signal) => signal !== undefined);
      const result = place.takeCommand().then((armed) =>
        runCommand({
          armed,
          script,
          folders: ['work', 'tmp'].map((name) => join(slot.folder, name)),
          limits: options.limits,
          baselineBytes,
          group,
          groupCountsProcesses: group !== undefined && host.groups?.countsProcesses === true,
          exec: { ...exec, signal: AbortSignal.any(signals) },
        }),
      );
      running.add(result);
      return result.finally(() => running.delete(result));
    },
    readFile: async (path) => files.read(namesBelowWork(path)),
    writeFile: async (path, content) => files.write(namesBelowWork(path), toReadable(content), false),
    list: async (folder) => files.list(namesBelowWork(folder)),
    dispose: () => (disposal ??= dispose()),
  };
}
