import { createGuardedFetch, type Lookup } from '../../guarded-fetch';
import { readListedHosts } from '../host-proxy/listed-hosts';
import { sandboxLookup } from '../sandbox-lookup';
import type { Isolation, Sandbox, SandboxImplementation, SandboxOptions } from '../sandbox';
import { LastingWorker, type LastingNetwork } from './lasting-worker';
import { createListedFetch } from './listed-fetch';
import { openSandbox } from './open-sandbox';
import { createSpareWorker } from './spare-worker';
import { locateWorker } from './worker-location';

const isolation: Isolation = {
  name: 'in-process',
  strength: 1,
  notes: [
    'Scripts run in an interpreter inside the server, in a thread of their own: there are no programs or files of the host to reach.',
    'It is not a boundary of the operating system: a fault in the interpreter would be a fault of the server.',
    'There is bash with the usual text tools, jq, sqlite3 and Python 3.13 with its standard library; no Node, no other interpreter, no native module.',
    'Memory is capped for the shell by its heap and for Python by its WebAssembly memory, of which it never has more than 512 MiB.',
    'No processes are started, so there are none to limit; a shell that calls itself without end is stopped at a depth.',
    'Files are kept in memory and are capped together by the disk limit.',
    'A shell script shows its output when it ends, a Python script as it comes.',
    'In a terminal each line is run by itself: programs cannot ask for input, and there is no job control.',
    'Without network there is none at all. To single hosts, requests are made by the server, which holds them to the list.',
    'A command that is ended for its time, its output or by a person keeps what it had written, unless it never paused: then the files are as the command before it left them.',
  ],
};

const fetchIdleMs = 120_000;

/** Trial limits for the probe, and the memory of the worker that is kept warm at first. */
const probeLimits = {
  timeMs: 10_000,
  memoryBytes: 2 ** 28,
  processes: 16,
  diskBytes: 2 ** 20,
  outputBytes: 2 ** 16,
};

export interface JustBashSettings {
  workerFile?: string;
  /** Private addresses that sandboxes may reach where they are listed; see `readAllowedHosts`. */
  allowedPrivateHosts?: readonly string[];
  /** `sandboxLookup` unless told: how names are resolved that sandboxes ask for. */
  lookup?: Lookup;
}

/** Sandboxes that need nothing from the host: an interpreter of bash and Python in a worker thread. */
export function createJustBash(settings: JustBashSettings = {}): SandboxImplementation {
  const { allowedPrivateHosts = [], lookup = sandboxLookup } = settings;
  const open = new Set<Sandbox>();
  const spare = createSpareWorker(() => settings.workerFile ?? locateWorker());
  const guarded = createGuardedFetch({ allowedPrivateHosts, lookup, idleTimeoutMs: fetchIdleMs });

  /** What reaches single hosts is asked for by the server, which holds them to the list. */
  function networkOf({ network }: SandboxOptions): LastingNetwork {
    if (typeof network === 'boolean') return { kind: network ? 'open' : 'none' };
    if (network.hosts.length === 0) return { kind: 'none' };
    return { kind: 'listed', fetch: createListedFetch(readListedHosts(network.hosts), guarded) };
  }

  async function create(options: SandboxOptions): Promise<Sandbox> {
    const { limits, env } = options;
    const lasting = { limits, env, network: networkOf(options) };
    const worker = new LastingWorker(() => spare.take(limits.memoryBytes), lasting);
    const onDispose = () => open.delete(sandbox);
    const sandbox = await openSandbox(worker, options, { isolation, onDispose });
    open.add(sandbox);
    return sandbox;
  }

  return {
    name: 'just-bash',
    probe: () => tryOut(create),
    create,
    async close() {
      await Promise.all([...open].map((sandbox) => sandbox.dispose()));
      await spare.close();
      await guarded.close();
    },
  };
}

async function tryOut(create: SandboxImplementation['create']): ReturnType<SandboxImplementation['probe']> {
  try {
    const sandbox = await create({ files: [], limits: probeLimits, network: false, env: {} });
    const result = await sandbox.exec(['true']);
    await sandbox.dispose();
    if (result.exitCode !== 0) return { available: false, reason: 'A trial command failed in it.' };
    return { available: true, isolation };
  } catch (error) {
    return { available: false, reason: (error as Error).message };
  }
}
