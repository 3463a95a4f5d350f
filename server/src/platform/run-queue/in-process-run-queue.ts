import { AsyncResource } from 'node:async_hooks';
import type { RunQueue } from './run-queue';

export interface InProcessRunQueueOptions {
  /** Runs at once in this process; at least 1. */
  concurrency: number;
  /** Told of what `work` threw: a worker mends its own runs, so whatever arrives here is a bug or an outage. */
  onError: (error: unknown, runId: string) => void;
}

/**
 * Offers runs to workers of this process, first come first served. An id waits at most once: the sweeper may offer it again
 * and again without the line growing.
 */
export function createInProcessRunQueue({ concurrency, onError }: InProcessRunQueueOptions): RunQueue {
  const waiting = new Set<string>();
  const active = new Set<Promise<void>>();
  // Work must not inherit the context of whoever offers it: Strapi keeps the transaction that is open in there.
  const context = new AsyncResource('skills-run-queue');
  let work: ((runId: string) => Promise<void>) | undefined;

  function next(): string | undefined {
    const { value, done } = waiting.values().next();
    if (done) return undefined;
    waiting.delete(value);
    return value;
  }

  async function runOne(worker: (runId: string) => Promise<void>, runId: string): Promise<void> {
    try {
      await worker(runId);
    } catch (error) {
      onError(error, runId);
    }
  }

  function fill(): void {
    while (work && active.size < concurrency) {
      const runId = next();
      if (runId === undefined) return;
      const running = context.runInAsyncScope(runOne, undefined, work, runId).then(() => {
        active.delete(running);
        fill();
      });
      active.add(running);
    }
  }

  return {
    offer(runId) {
      waiting.add(runId);
      fill();
    },
    start(worker) {
      work = worker;
      fill();
    },
    async stop() {
      work = undefined;
      waiting.clear();
      await Promise.all(active);
    },
  };
}
