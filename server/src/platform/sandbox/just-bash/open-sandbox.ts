import { Readable } from 'node:stream';
import type { Isolation, Sandbox, SandboxOptions, SandboxTerminal } from '../sandbox';
import { namesBelowWork, namesFromWork, sandboxFolders } from '../sandbox-folders';
import { startingWith } from '../starting-with';
import { runCommand } from './command';
import type { LastingWorker } from './lasting-worker';
import { openTerminal } from './terminal';

/** Unpacks the archives and lays the files in. On failure the worker is ended. */
export async function openSandbox(
  worker: LastingWorker,
  options: SandboxOptions,
  { isolation, onDispose }: { isolation: Isolation; onDispose: () => void },
): Promise<Sandbox> {
  try {
    await furnish(worker, options);
  } catch (error) {
    await worker.dispose();
    throw error;
  }
  return inWorker(worker, options, isolation, onDispose);
}

async function furnish(
  worker: LastingWorker,
  { files, archives = [], signal }: SandboxOptions,
): Promise<void> {
  for (const { folder, open } of archives) {
    const path = checkedFolder(folder);
    const content = await open();
    // It may fail before it is read: then reading it tells.
    content.on('error', () => undefined);
    try {
      signal?.throwIfAborted();
      await worker.unpack(path, content as AsyncIterable<Buffer>);
    } catch (error) {
      throw new Error(`The archive for ${folder} could not be unpacked: ${(error as Error).message}`);
    } finally {
      content.destroy();
    }
  }
  for await (const file of files) {
    const path = checked(`${sandboxFolders.skill}/${file.path}`);
    const content = await readAll(file.content());
    await worker.write({ path, content, executable: file.executable });
  }
  // Whatever else it is asked for, it must be there.
  await worker.look('has', 'bash');
}

/** What is run in a sandbox: one thing after the other, since there is one shell, until nothing may be run any more. */
class Queue {
  readonly terminals = new Set<SandboxTerminal>();
  readonly #halting = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;

  get halted(): AbortSignal {
    return this.#halting.signal;
  }

  assertRunning(): void {
    if (this.#disposed) throw new Error('The sandbox is disposed of.');
    if (this.halted.aborted) throw new Error('The sandbox is halted: nothing is run in it any more.');
  }

  run<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async halt(): Promise<void> {
    this.#halting.abort();
    await this.closeTerminals();
    await this.#last;
  }

  dispose(): void {
    this.#disposed = true;
  }

  async closeTerminals(): Promise<void> {
    await Promise.all([...this.terminals].map((terminal) => terminal.close()));
  }
}

function inWorker(
  worker: LastingWorker,
  options: SandboxOptions,
  isolation: Isolation,
  onDispose: () => void,
): Sandbox {
  const queue = new Queue();
  let disposal: Promise<void> | undefined;

  async function dispose(): Promise<void> {
    queue.dispose();
    await worker.dispose();
    await queue.closeTerminals();
  }

  return {
    isolation,
    has: (program) => worker.look('has', program),
    async exec(command, exec = {}) {
      queue.assertRunning();
      const signals = [queue.halted, options.signal, exec.signal].filter((one) => one !== undefined);
      const request = { ...exec, signal: AbortSignal.any(signals) };
      return queue.run(() => runCommand(worker, options.limits, command, request));
    },
    readFile: async (path) => Readable.from([Buffer.from(await worker.look('read', checked(path)))]),
    async writeFile(path, content) {
      const target = checked(path);
      const bytes = Buffer.isBuffer(content) ? content : await readAll(content);
      await worker.write({ path: target, content: bytes, executable: false });
    },
    list: async (folder) => worker.look('list', checked(folder)),
    async pack(folder) {
      const packed = worker.pack(checkedFolder(folder));
      // What cannot even begin is told at once, and not by a stream that breaks.
      const first = await packed.next();
      return Readable.from(startingWith(first, packed), { objectMode: false });
    },
    async openTerminal(terminal) {
      queue.assertRunning();
      const { signal } = options;
      const opened = openTerminal({ worker, terminal, signal, enqueue: (work) => queue.run(work) });
      queue.terminals.add(opened);
      void opened.ended.then(() => queue.terminals.delete(opened));
      return opened;
    },
    halt: () => queue.halt(),
    dispose: () => (disposal ??= dispose().finally(onDispose)),
  };
}

/** The path itself, once it is known to lie in the work folder. */
function checked(path: string): string {
  namesBelowWork(path);
  return path;
}

function checkedFolder(path: string): string {
  namesFromWork(path);
  return path;
}

async function readAll(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
