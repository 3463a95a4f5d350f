import type { RunExecution } from 'strapi-plugin-skills-shared/contracts';
import type { RunQueue } from '../../platform/run-queue';

/** The lines that runs wait in. */
export interface RunLines {
  /** Runs that are executed on this server, which takes its processors and memory. */
  sandbox: RunQueue;
  /** Agents: each has a sandbox here, and waits for a vendor most of the time. */
  agent: RunQueue;
  /** Runs that wait for a vendor most of the time: many at once cost little. */
  vendor: RunQueue;
}

/** A run on its way to a worker. */
export interface OfferedRun {
  id: string;
  execution: RunExecution;
}

/** All lines as one queue: runs that compute here do not keep those waiting that work elsewhere, nor the other way round. */
export interface RunQueues {
  offer(run: OfferedRun): void;
  start(work: (runId: string) => Promise<void>): void;
  stop(): Promise<void>;
}

export function createRunQueues({ sandbox, agent, vendor }: RunLines): RunQueues {
  const lineOf: Record<RunExecution, RunQueue> = { sandbox, agent, provider: vendor, hosted: vendor };
  const lines = [sandbox, agent, vendor];
  return {
    offer: ({ id, execution }) => lineOf[execution].offer(id),
    start(work) {
      for (const line of lines) line.start(work);
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()));
    },
  };
}
