import { WorkerClient } from './worker-client';

/** Keeps one worker warm: the next run is likely to have the same limits as the last. */
export interface SpareWorker {
  /** The warm one when it fits, else a new one. */
  take(memoryBytes: number): WorkerClient;
  close(): Promise<void>;
}

export function createSpareWorker(file: () => string): SpareWorker {
  let spare: WorkerClient | undefined;
  let closed = false;
  const start = (memoryBytes: number) => new WorkerClient({ file: file(), memoryBytes });

  return {
    take(memoryBytes) {
      const warm = spare && !spare.ended && spare.memoryBytes === memoryBytes ? spare : undefined;
      if (!warm) void spare?.terminate();
      spare = closed ? undefined : start(memoryBytes);
      spare?.keepAlive(false);
      const worker = warm ?? start(memoryBytes);
      worker.keepAlive(true);
      return worker;
    },
    async close() {
      closed = true;
      await spare?.terminate();
      spare = undefined;
    },
  };
}
