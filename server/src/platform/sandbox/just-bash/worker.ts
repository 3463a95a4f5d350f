import { parentPort, workerData } from 'node:worker_threads';
import { capWorkers, runCapped, type Cap } from './capped-workers';
import { createCommandArchives, type CommandArchives } from './command-archives';
import type { Deliver } from './command-files';
import { createChangeTracker, type ChangeTracker } from './file-changes';
import type { ServerMessage, WorkerMessage, WorkerMethod, WorkerMethods, WorkerStart } from './protocol';
import type { Shell } from './shell';
import { createRequests } from './worker-requests';

type Handlers = {
  [Method in WorkerMethod]: (
    argument: Parameters<WorkerMethods[Method]>[0],
  ) => Promise<ReturnType<WorkerMethods[Method]>>;
};

interface OpenShell extends Shell {
  tracker: ChangeTracker;
  archives: CommandArchives;
}

/** The thread in which one sandbox's shell runs, so that an endless loop stalls only itself and can be ended. */
async function serve(start: WorkerStart): Promise<void> {
  const memoryRefused = capWorkers(start);
  // just-bash takes hold of the class of workers when it is loaded, so it is loaded after that class was replaced.
  const { createShell } = await import('./shell');
  const post = (message: WorkerMessage) => parentPort?.postMessage(message);
  const requests = createRequests(post);

  function open(request: Parameters<WorkerMethods['open']>[0]): OpenShell {
    const shell = createShell(request, memoryRefused, requests.fetch);
    const tracker = createChangeTracker(shell.files);
    return { ...shell, tracker, archives: createCommandArchives(shell.files, () => tracker.take()) };
  }
  const handlers = createHandlers(open, requests.deliver);

  async function answer(message: ServerMessage): Promise<void> {
    if (message.type !== 'request') return requests.settle(message);
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

function createHandlers(
  open: (request: Parameters<WorkerMethods['open']>[0]) => OpenShell,
  deliver: Deliver,
): Handlers {
  let opened: OpenShell | undefined;
  const sandbox = (): OpenShell => {
    if (!opened) throw new Error('The sandbox is not open yet.');
    return opened;
  };
  return {
    async open(request) {
      opened = open(request);
    },
    has: (program) => sandbox().has(program),
    async exec(request) {
      const result = await sandbox().exec(request, deliver);
      return { ...result, changes: await sandbox().tracker.take() };
    },
    async line(request) {
      const result = await sandbox().terminal.run(request, deliver);
      return { ...result, changes: await sandbox().tracker.take() };
    },
    read: (path) => sandbox().files.readPlain(path),
    async write({ path, content, executable }) {
      await sandbox().files.writePlain(path, content, executable);
      return sandbox().tracker.take();
    },
    list: (folder) => sandbox().files.listFiles(folder),
    changes: () => sandbox().tracker.take(),
    async restore({ entries, archiveBytes }) {
      sandbox().files.allowBytes(archiveBytes);
      await sandbox().files.restore(entries);
      await sandbox().tracker.take();
    },
    pack: (folder) => sandbox().archives.pack(folder),
    packed: (archive) => sandbox().archives.packed(archive),
    unpack: (folder) => sandbox().archives.unpack(folder),
    unpacked: (part) => sandbox().archives.unpacked(part),
  };
}

const data = workerData as WorkerStart | { cap: Cap };
if ('cap' in data) await runCapped(data.cap);
else await serve(data);
