import type { Sandbox, SandboxImplementation } from '../sandbox';
import { isComplete, prepareHost, type BubblewrapSettings, type Host } from './host';
import { openSandbox } from './open-sandbox';
import { claimPlace } from './place';
import { createSparePlace } from './spare-place';

export type { BubblewrapSettings } from './host';

/** Sandboxes of Linux namespaces, made by the system's `bwrap`. Needs no privileges, but a kernel that grants namespaces. */
export function createBubblewrap(settings: BubblewrapSettings = {}): SandboxImplementation {
  let host: Promise<Host> | undefined;
  const open = new Set<Sandbox>();
  const spare = createSparePlace();
  const prepare = () => (host ??= prepareTried(settings));

  return {
    name: 'bubblewrap',

    async probe() {
      host = undefined;
      try {
        const { isolation } = await prepare();
        return { available: true, isolation };
      } catch (error) {
        host = undefined;
        return { available: false, reason: (error as Error).message };
      }
    },

    async create(options) {
      // Temporary folders are swept by the system now and then, and servers run for months.
      if (host && !isComplete(await host.catch(() => undefined))) host = undefined;
      const place = await spare.take(await prepare(), options);
      const sandbox = await openSandbox(place, options, () => open.delete(sandbox));
      open.add(sandbox);
      return sandbox;
    },

    async close() {
      await Promise.all([...open].map((sandbox) => sandbox.dispose()));
      await spare.close();
      await (await host?.catch(() => undefined))?.slots.sweep();
    },
  };
}

/**
 * Containers often forbid namespaces, and in many ways: only trying tells. What control groups forbid must not cost the rest, so
 * it is tried without them as well.
 */
async function prepareTried(settings: BubblewrapSettings): Promise<Host> {
  const host = await prepareHost(
    settings,
    settings.controlGroups === false ? 'they are switched off' : undefined,
  );
  try {
    await tryOut(host);
    return host;
  } catch (error) {
    if (!host.groups) throw error;
    const without = await prepareHost(settings, `they could not be used (${(error as Error).message})`);
    await tryOut(without);
    return without;
  }
}

async function tryOut(host: Host): Promise<void> {
  const limits = {
    timeMs: 10_000,
    memoryBytes: 2 ** 28,
    processes: 16,
    diskBytes: 2 ** 20,
    outputBytes: 2 ** 16,
  };
  const options = { files: [], limits, network: false, env: {} };
  const sandbox = await openSandbox(await claimPlace(host, options), options, () => undefined);
  try {
    const result = await sandbox.exec(['true']);
    if (result.exitCode !== 0) throw new Error(`A trial command failed in it: ${JSON.stringify(result)}.`);
  } finally {
    await sandbox.dispose();
  }
}
