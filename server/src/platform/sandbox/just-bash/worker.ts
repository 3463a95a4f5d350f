import { AsyncResource } from 'node:async_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { capWorkers, runCapped, type Cap } from './capped-workers';
import type { Deliver } from './command-files';
import type { ServerMessage, WorkerMessage, WorkerMethod, WorkerMethods, WorkerStart } from './protocol';
import type { Shell } from './shell';

type Handlers = {
  [Method in WorkerMethod]: (
    argument: Parameters<WorkerMethods[Method]>[0],
  ) => Promise<ReturnType<WorkerMethods[Method]>>;
};

/** The thread in which one sandbox's shell runs, so that an endless loop stalls only itself and can be ended. */
async function serve(start: WorkerStart): Promise<void> {
  const memoryRefused = capWorkers(start);
  // just-bash takes hold of the class of workers when it is loaded, so it is loaded after that class was replaced.
  const { createShell } = await import('./shell');
  const waiting = new Map<number, () => void>();
  let shell: Shell | undefined;
  let outputs = 0;

  const post = (message: WorkerMessage) => parentPort?.postMessage(message);
  const opened = (): Shell => {
    if (!shell) throw new Error('The sandbox is not open yet.');
    return shell;
  };
  // While a script runs, just-bash blocks much of JavaScript in the script's own async context; output leaves by this one.
  const deliver: Deliver = AsyncResource.bind(async (stream: 'stdout' | 'stderr', chunk: Uint8Array) => {
    if (chunk.length === 0) return;
    const id = (outputs += 1);
    const taken = new Promise<void>((resolve) => waiting.set(id, resolve));
    post({ type: 'output', id, stream, chunk });
    await taken;
  });

  const handlers: Handlers = {
    async open(request) {
      shell = createShell(request, memoryRefused);
    },
    has: (program) => opened().has(program),
    exec: (request) => opened().exec(request, deliver),
    read: (path) => opened().files.readPlain(path),
    write: ({ path, content, executable }) => opened().files.writePlain(path, content, executable),
    list: (folder) => opened().files.listFiles(folder),
  };

  async function answer(message: ServerMessage): Promise<void> {
    if (message.type === 'taken') {
      waiting.get(message.id)?.();
      waiting.delete(message.id);
      return;
    }
    try {
      const handle = handlers[message.method] as (argument: unknown) => Promise<unknown>;
      post({ type: 'answer', id: message.id, value: await handle(message.argument) });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      post({ type: 'refusal', id: message.id, message: text });
    }
  }
  parentPort?.on('message', (message: ServerMessage) => void answer(message));
}

const data = workerData as WorkerStart | { cap: Cap };
if ('cap' in data) await runCapped(data.cap);
else await serve(data);
