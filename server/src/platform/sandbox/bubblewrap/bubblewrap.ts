import { readAllowedHosts } from '../../guarded-fetch';
import type { Sandbox, SandboxImplementation, SandboxOptions } from '../sandbox';
import { NetworkUnavailableError } from '../sandbox-error';
import { isComplete, prepareHost, type BubblewrapSettings, type Host } from './host';
import { openSandbox } from './open-sandbox';
import type { PlaceNetwork } from './options';
import { claimPlace } from './place';
import { createSparePlace } from './spare-place';

export type { BubblewrapSettings } from './host';

/** Sandboxes of Linux namespaces, made by the system's `bwrap`. Needs no privileges, but a kernel that grants namespaces. */
export function createBubblewrap(settings: BubblewrapSettings = {}): SandboxImplementation {
  let prepared: Promise<Host> | undefined;
  const open = new Set<Sandbox>();
  const spare = createSparePlace();
  const prepare = () => (prepared ??= prepareTried(settings));
  const exits = {
    allowedPrivate: readAllowedHosts(settings.allowedPrivateHosts ?? []),
    lookup: settings.lookup,
  };

  return {
    name: 'bubblewrap',

    async probe() {
      prepared = undefined;
      try {
        const { isolation } = await prepare();
        return { available: true, isolation };
      } catch (error) {
        prepared = undefined;
        return { available: false, reason: (error as Error).message };
      }
    },

    async create(options) {
      // Temporary folders are swept by the system now and then, and servers run for months.
      if (prepared && !isComplete(await prepared.catch(() => undefined))) prepared = undefined;
      const host = await prepare();
      const network = networkOf(host, options);
      const place = await spare.take(host, { limits: options.limits, network });
      const sandbox = await openSandbox(place, options, { ...exits, onDispose: () => open.delete(sandbox) });
      open.add(sandbox);
      return sandbox;
    },

    async close() {
      await Promise.all([...open].map((sandbox) => sandbox.dispose()));
      await spare.close();
      await (await prepared?.catch(() => undefined))?.slots.sweep();
    },
  };
}

/** Throws `NetworkUnavailableError` where a run cannot be held to its hosts: it is never let out any wider. */
function networkOf(host: Host, { network }: SandboxOptions): PlaceNetwork {
  if (typeof network === 'boolean') return network ? 'open' : 'none';
  if (network.hosts.length === 0) return 'none';
  if (host.forwarder) return 'hosts';
  throw new NetworkUnavailableError(
    'This host cannot hold a run to the hosts that it may reach: neither socat nor node can be run in its sandboxes.',
  );
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
  const place = await claimPlace(host, { limits, network: 'none' });
  const sandbox = await openSandbox(place, options, {
    allowedPrivate: () => false,
    onDispose: () => undefined,
  });
  try {
    const result = await sandbox.exec(['true']);
    if (result.exitCode !== 0) throw new Error(`A trial command failed in it: ${JSON.stringify(result)}.`);
  } finally {
    await sandbox.dispose();
  }
}
