import type { CancelRun } from '../cancellation';
import type { RunsRepository } from '../repository';
import { hasEnded, INTERRUPTED } from '../run-record';
import type { RunQueues } from '../run-queues';
import type { WakeRun } from '../waiting/wake-run';
import type { EndRun } from './run-ender';

export interface SweeperOptions {
  repository: Pick<RunsRepository, 'sweeps' | 'runs'>;
  queues: Pick<RunQueues, 'offer'>;
  endRun: EndRun;
  cancel: CancelRun;
  wake: WakeRun;
  /** Milliseconds between two sweeps. */
  intervalMs: number;
  onError(error: unknown): void;
}

/** Rows looked at in one sweep: what is left waits for the next. */
const BATCH = 1_000;

/** What a sweep does, in this order: what was decided in time comes before what nobody decided. */
function createDuties(options: SweeperOptions): (() => Promise<void>)[] {
  const { repository, queues, endRun, cancel, wake } = options;

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

  async function giveUpWaiting(): Promise<void> {
    for (const runId of await repository.sweeps.overdue(BATCH)) {
      const run = await repository.runs.find(runId);
      if (!run?.waiting) continue;
      const until = new Date(run.waiting.until).toISOString();
      await endRun(run, {
        from: 'waiting',
        token: null,
        when: 'overdue',
        status: 'failed',
        error: { code: 'waiting-expired', message: `The run waited until ${until}, and nobody came.` },
      });
    }
  }

  async function cancelOrphans(): Promise<void> {
    for (const runId of await repository.sweeps.orphans(BATCH)) {
      // Another sweeper, or the run itself, may have been faster.
      await cancel(runId).catch(async (error: unknown) => {
        const run = await repository.runs.find(runId);
        if (run && !hasEnded(run.status)) throw error;
      });
    }
  }

  async function offerAgain(): Promise<void> {
    for (const run of await repository.sweeps.queued(BATCH)) queues.offer(run);
    for (const run of await repository.sweeps.ready(BATCH)) queues.offer(run);
  }

  async function wakeStalled(): Promise<void> {
    for (const runId of await repository.sweeps.stalled(BATCH)) await wake(runId);
  }

  return [expire, wakeStalled, giveUpWaiting, cancelOrphans, offerAgain];
}

/**
 * Mends what lost messages and lost servers leave behind: offers queued and ready runs again, ends those whose owner has let its lease
 * expire or for which nobody came in time, and cancels those whose parent is no more. Any number of servers may sweep at once.
 */
export function createSweeper(options: SweeperOptions) {
  const { intervalMs, onError } = options;
  const duties = createDuties(options);
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = true;

  async function sweep(): Promise<void> {
    for (const duty of duties) await duty().catch(onError);
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
