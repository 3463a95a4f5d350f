import type { RunExecution } from 'strapi-plugin-skills-shared/contracts';
import type { RunQueue } from '../../platform/run-queue';

/** The two lines that runs wait in. */
export interface RunLines {
  /** Runs that are executed on this server, which takes its processors and memory. */
  sandbox: RunQueue;
  /** Runs that wait for a vendor most of the time: many at once cost little. */
  vendor: RunQueue;
}

/** A run on its way to a worker. */
export interface OfferedRun {
  id: string;
  execution: RunExecution;
}

/** Both lines as one queue: runs that compute here do not keep those waiting that work elsewhere, nor the other way round. */
export interface RunQueues {
  offer(run: OfferedRun): void;
  start(work: (runId: string) => Promise<void>): void;
  stop(): Promise<void>;
}

export function createRunQueues({ sandbox, vendor }: RunLines): RunQueues {
  return {
    offer: ({ id, execution }) => (execution === 'sandbox' ? sandbox : vendor).offer(id),
    start(work) {
      sandbox.start(work);
      vendor.start(work);
    },
    async stop() {
      await Promise.all([sandbox.stop(), vendor.stop()]);
    },
  };
}
