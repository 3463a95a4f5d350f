import type { RunsRepository } from '../repository';
import { INTERRUPTED } from '../run-record';
import type { RunQueues } from '../run-queues';
import type { EndRun } from './run-ender';

export interface SweeperOptions {
  repository: Pick<RunsRepository, 'sweeps' | 'runs'>;
  queues: Pick<RunQueues, 'offer'>;
  endRun: EndRun;
  /** Milliseconds between two sweeps. */
  intervalMs: number;
  onError(error: unknown): void;
}

/** Rows looked at in one sweep: what is left waits for the next. */
const BATCH = 1_000;

/**
 * Mends what lost messages and lost servers leave behind: offers queued runs again, and ends those whose owner has let its
 * lease expire. Any number of servers may sweep at once.
 */
export function createSweeper({ repository, queues, endRun, intervalMs, onError }: SweeperOptions) {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = true;

  async function expire(): Promise<void> {
    for (const { runId, token } of await repository.sweeps.expired(BATCH)) {
      const run = await repository.runs.find(runId);
      if (!run) continue;
      await endRun(run, {
        from: 'running',
        token,
        status: 'failed',
        error: { code: INTERRUPTED, message: 'The server that executed the run stopped before its end.' },
      });
    }
  }

  async function sweep(): Promise<void> {
    try {
      await expire();
      for (const run of await repository.sweeps.queued(BATCH)) queues.offer(run);
    } catch (error) {
      onError(error);
    }
  }

  function next(): void {
    sweeping = sweep().then(() => {
      if (!stopped) timer = setTimeout(next, intervalMs);
    });
  }

  return {
    /** Sweeps at once, then again and again. */
    start(): void {
      stopped = false;
      next();
    },
    /** Resolves when no sweep is under way. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

export type Sweeper = ReturnType<typeof createSweeper>;
