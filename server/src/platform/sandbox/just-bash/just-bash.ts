import { Readable } from 'node:stream';
import { createOutputMeter } from '../output-meter';
import type {
  ExecOptions,
  ExecResult,
  Isolation,
  Sandbox,
  SandboxImplementation,
  SandboxLimit,
  SandboxOptions,
} from '../sandbox';
import { namesBelowWork, sandboxFolders } from '../sandbox-folders';
import { isOutOfMemory, WorkerClient } from './worker-client';
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
    'Without network there is none at all.',
  ],
};

/** Trial limits for the probe, and the memory of the worker that is kept warm at first. */
const probeLimits = {
  timeMs: 10_000,
  memoryBytes: 2 ** 28,
  processes: 16,
  diskBytes: 2 ** 20,
  outputBytes: 2 ** 16,
};

/** Sandboxes that need nothing from the host: an interpreter of bash and Python in a worker thread. */
export function createJustBash(settings: { workerFile?: string } = {}): SandboxImplementation {
  const open = new Set<Sandbox>();
  let spare: WorkerClient | undefined;
  let closed = false;

  const start = (memoryBytes: number) =>
    new WorkerClient({ file: settings.workerFile ?? locateWorker(), memoryBytes });

  /** The next run is likely to have the same limits as this one, so one worker is always warming up for it. */
  function takeWorker(memoryBytes: number): WorkerClient {
    const warm = spare && !spare.ended && spare.memoryBytes === memoryBytes ? spare : undefined;
    if (!warm) void spare?.terminate();
    spare = closed ? undefined : start(memoryBytes);
    spare?.keepAlive(false);
    const worker = warm ?? start(memoryBytes);
    worker.keepAlive(true);
    return worker;
  }

  async function create(options: SandboxOptions): Promise<Sandbox> {
    const worker = takeWorker(options.limits.memoryBytes);
    const sandbox = inWorker(worker, options, () => open.delete(sandbox));
    open.add(sandbox);
    try {
      await furnish(worker, options);
      return sandbox;
    } catch (error) {
      await sandbox.dispose();
      throw error;
    }
  }

  return {
    name: 'just-bash',
    async probe() {
      try {
        const sandbox = await create({ files: [], limits: probeLimits, network: false, env: {} });
        const result = await sandbox.exec(['true']);
        await sandbox.dispose();
        if (result.exitCode !== 0) return { available: false, reason: 'A trial command failed in it.' };
        return { available: true, isolation };
      } catch (error) {
        return { available: false, reason: (error as Error).message };
      }
    },
    create,
    async close() {
      closed = true;
      await Promise.all([...open].map((sandbox) => sandbox.dispose()));
      await spare?.terminate();
      spare = undefined;
    },
  };
}

async function furnish(worker: WorkerClient, { files, limits, network, env }: SandboxOptions): Promise<void> {
  await worker.call('open', { limits, network, env: { ...env } });
  for await (const file of files) {
    const path = checked(`${sandboxFolders.skill}/${file.path}`);
    const content = await readAll(file.content());
    await worker.call('write', { path, content, executable: file.executable });
  }
}

function inWorker(worker: WorkerClient, options: SandboxOptions, onDispose: () => void): Sandbox {
  let disposal: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  return {
    isolation,
    has: (program) => worker.call('has', program),
    exec(command, exec = {}) {
      // One shell runs one command at a time.
      const result = last.then(() => runCommand(worker, options, command, exec));
      last = result.catch(() => undefined);
      return result;
    },
    readFile: async (path) => Readable.from([Buffer.from(await worker.call('read', checked(path)))]),
    async writeFile(path, content) {
      const target = checked(path);
      const bytes = Buffer.isBuffer(content) ? content : await readAll(content);
      await worker.call('write', { path: target, content: bytes, executable: false });
    },
    list: async (folder) => worker.call('list', checked(folder)),
    dispose: () => (disposal ??= worker.terminate().finally(onDispose)),
  };
}

/** Time, abort and output are enforced from outside, by ending the worker; the sandbox is gone with it. */
async function runCommand(
  worker: WorkerClient,
  { limits, signal }: SandboxOptions,
  command: readonly string[],
  exec: ExecOptions,
): Promise<ExecResult> {
  const startedAt = performance.now();
  const ending = { exceeded: null as SandboxLimit | null, aborted: false };
  const end = (reason: SandboxLimit | 'aborted') => {
    if (ending.exceeded || ending.aborted) return;
    if (reason === 'aborted') ending.aborted = true;
    else ending.exceeded = reason;
    void worker.terminate();
  };
  const finish = (exitCode: number | null): ExecResult => {
    const killed = ending.exceeded !== null || ending.aborted;
    const durationMs = Math.round(performance.now() - startedAt);
    return { exitCode: killed ? null : exitCode, signal: killed ? 'SIGKILL' : null, ...ending, durationMs };
  };
  const signals = AbortSignal.any([signal, exec.signal].filter((one) => one !== undefined));
  if (signals.aborted) {
    end('aborted');
    return finish(null);
  }

  const onAbort = () => end('aborted');
  signals.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(end, limits.timeMs, 'time');
  const deliver = createOutputMeter(limits.outputBytes, exec.onOutput, () => end('output'));
  const request = { command: [...command], stdin: Buffer.from(exec.stdin ?? ''), env: { ...exec.env } };
  try {
    const result = await worker.call('exec', request, deliver);
    if (result.exceeded) end(result.exceeded);
    return finish(result.exitCode);
  } catch (error) {
    if (isOutOfMemory(error)) end('memory');
    if (ending.exceeded || ending.aborted) return finish(null);
    throw error;
  } finally {
    clearTimeout(timer);
    signals.removeEventListener('abort', onAbort);
  }
}

/** The path itself, once it is known to lie in the work folder. */
function checked(path: string): string {
  namesBelowWork(path);
  return path;
}

async function readAll(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
