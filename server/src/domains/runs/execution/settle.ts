import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor, RunOutcome } from '../../skills';
import type { Attempt } from './attempt';

/** How an execution came to rest: the executor answered, it threw, or it did not heed that it was stopped. */
export type Settled = { outcome: RunOutcome } | { thrown: unknown } | { stopped: true };

/** How long an executor may take to notice that it was stopped, after its sandboxes are gone. */
const STOP_GRACE_MS = 2_000;
/** How long a run's end waits for its sandboxes to be taken down. */
const DISPOSE_GRACE_MS = 400;

/** Waits for the sandboxes to be gone, but not for long: what a run did is stored whether or not its traces are removed. */
export async function disposeSoon(attempt: Attempt, onError: (error: unknown) => void): Promise<void> {
  const disposed = attempt.dispose().catch(onError);
  await Promise.race([disposed, sleep(DISPOSE_GRACE_MS, undefined, { ref: false })]);
}

async function execute(attempt: Attempt, executor: Executor): Promise<Settled> {
  try {
    return { outcome: await executor.execute(attempt.context) };
  } catch (thrown) {
    return { thrown };
  }
}

/** Runs the executor until it answers, throws, or has been stopped for too long. Never rejects. */
export function settle(
  attempt: Attempt,
  executor: Executor,
  onError: (error: unknown) => void,
): Promise<Settled> {
  const stopped = new Promise<Settled>((resolve) => {
    attempt.context.signal.addEventListener('abort', () => {
      // What an agent has changed is looked into before its files are removed.
      if (attempt.context.target.execution === 'agent') void attempt.halt().catch(onError);
      else void disposeSoon(attempt, onError);
      setTimeout(() => resolve({ stopped: true }), STOP_GRACE_MS).unref();
    });
  });
  return Promise.race([execute(attempt, executor), stopped]);
}
