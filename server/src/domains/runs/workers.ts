import type { Runner } from './execution/runner';
import type { Sweeper } from './execution/sweeper';
import type { RunQueues } from './run-queues';

/** What executes runs in this process. */
export interface RunWorkers {
  /** Begins to take queued runs and to sweep. Called when the server listens; again does nothing. */
  start(): void;
  /** Takes no more work, lets running runs end for a moment, then ends them as `interrupted`. */
  stop(): Promise<void>;
  /** Executes one queued run here and now, for commands, which start no workers. False when somebody else has claimed it. */
  execute(runId: string): Promise<boolean>;
}

export interface RunWorkersOptions {
  queues: RunQueues;
  runner: Runner;
  sweeper: Sweeper;
  /** Milliseconds that running runs may take to end by themselves when the server stops. */
  graceMs: number;
}

export function createRunWorkers({ queues, runner, sweeper, graceMs }: RunWorkersOptions): RunWorkers {
  let started = false;

  return {
    start() {
      if (started) return;
      started = true;
      runner.start();
      queues.start(async (runId) => {
        await runner.execute(runId);
      });
      sweeper.start();
    },
    async stop() {
      await sweeper.stop();
      const interruption = setTimeout(() => runner.interruptAll(), graceMs);
      await queues.stop();
      clearTimeout(interruption);
      started = false;
    },
    execute: (runId) => runner.execute(runId),
  };
}
