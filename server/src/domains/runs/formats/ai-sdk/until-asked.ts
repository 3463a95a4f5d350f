import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { RunsService } from '../../service';
import type { UiMessageFormat } from './ui-message-format';

/**
 * A run's events from the first one, until it ends, or until it waits for a person after `after`: a client answers such a message by a
 * request of its own, for which it waits until the stream has ended.
 */
export async function* untilAsked(
  runs: Pick<RunsService, 'follow' | 'get'>,
  { runId, after, format }: { runId: string; after: number; format: Pick<UiMessageFormat, 'waitsForPerson'> },
  signal: AbortSignal,
): AsyncGenerator<RunEvent[]> {
  for await (const batch of runs.follow(runId, 0, signal)) {
    yield batch;
    const last = batch.at(-1)?.seq ?? 0;
    if (last <= after || !format.waitsForPerson()) continue;
    // What is behind this batch may tell that somebody has decided already.
    if ((await runs.get(runId)).lastSeq === last) return;
  }
}
