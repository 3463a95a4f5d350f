/**
 * Tells workers that there is work. The run's row is the truth: an offer may be lost or repeated without harm, because a
 * worker *claims* the row by a conditional update and a sweeper re-offers what stays queued.
 */
export interface RunQueue {
  /** Tells some worker that this run may be claimed. Returns at once. */
  offer(runId: string): void;
  /** Calls `work` for offered runs, at most `concurrency` at a time; what it throws is logged and ends nothing. */
  start(work: (runId: string) => Promise<void>): void;
  /** Takes no new work, and resolves when what runs has ended. */
  stop(): Promise<void>;
}
