import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { RunsService } from '../../service';
import type { UiMessageFormat } from './ui-message-format';

/**
 * A run's events from the first one, until it ends, or waits for a person: a client answers such a message by a request of its own, for
 * which it waits until the stream has ended. One that has all events of a run that waits is told again what is asked.
 */
export async function* untilAsked(
  runs: Pick<RunsService, 'follow' | 'get'>,
  { runId, format }: { runId: string; format: Pick<UiMessageFormat, 'waitsForPerson'> },
  signal: AbortSignal,
): AsyncGenerator<RunEvent[]> {
  for await (const batch of runs.follow(runId, 0, signal)) {
    yield batch;
    const last = batch.at(-1)?.seq ?? 0;
    if (!format.waitsForPerson()) continue;
    // What is behind this batch may tell that somebody has decided already.
    if ((await runs.get(runId)).lastSeq === last) return;
  }
}
