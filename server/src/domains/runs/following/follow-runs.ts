import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { EventBus } from '../../../platform/event-bus';
import type { RunsRepository } from '../repository';
import { RunTail } from './run-tail';

export interface FollowOptions {
  repository: Pick<RunsRepository, 'runs' | 'events'>;
  bus: EventBus;
  onError(error: unknown): void;
}

/**
 * Answers a run's events after `after`, in batches, in order and without gaps, until the run ends or `signal` aborts. A batch is
 * read when the last one was taken: a slow reader holds nothing in memory but the batch it is at.
 */
export type FollowRun = (runId: string, after: number, signal: AbortSignal) => AsyncGenerator<RunEvent[]>;

const PAGE = 200;

/** Follows runs; those who follow the same one in this process share the reading of its end. `close` ends all of them. */
export function createRunFollower({ repository, bus, onError }: FollowOptions): {
  follow: FollowRun;
  close(): void;
} {
  const closing = new AbortController();
  const tails = new Map<string, { tail: RunTail; readers: number }>();

  function join(runId: string, position: number): RunTail {
    const shared = tails.get(runId) ?? {
      tail: new RunTail({ runId, position, events: repository.events, bus, onError }),
      readers: 0,
    };
    shared.readers += 1;
    tails.set(runId, shared);
    return shared.tail;
  }

  function leave(runId: string): void {
    const shared = tails.get(runId);
    if (!shared) return;
    shared.readers -= 1;
    if (shared.readers > 0) return;
    tails.delete(runId);
    shared.tail.close();
  }

  async function* follow(runId: string, after: number, left: AbortSignal): AsyncGenerator<RunEvent[]> {
    const signal = AbortSignal.any([left, closing.signal]);
    const { lastSeq } = await repository.runs.get(runId);
    const tail = join(runId, lastSeq);
    try {
      let position = after;
      while (!signal.aborted) {
        const batch = tail.after(position) ?? (await repository.events.read(runId, position, PAGE));
        const last = batch.at(-1);
        if (!last) {
          await tail.reaches(position, signal);
          continue;
        }
        yield batch;
        position = last.seq;
        if (last.payload.type === 'run-end') return;
      }
    } finally {
      leave(runId);
    }
  }

  return { follow, close: () => closing.abort() };
}
