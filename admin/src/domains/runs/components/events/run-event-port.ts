import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { AuthorizedFetch } from '../../../../http/authorized-fetch';
import { followStream } from '../../../../http/follow-stream';
import { assertOk, queryString } from '../../../../http/skills-api';
import type { EventPage, EventPort } from './run-event-source';

/** As many events as a page holds: enough to fill a screen, little enough to come at once. */
const pageSize = 400;
/** More events than these are not kept back for the next frame: a window in the background has none. */
const mostHeldBack = 5_000;

interface PageAnswer {
  data: RunEvent[];
  meta: { lastSeq: number; ended: boolean };
}

export async function readEvents(
  fetch: AuthorizedFetch,
  runId: string,
  query: { after?: number; before?: number | 'end'; limit: number },
  signal?: AbortSignal,
): Promise<EventPage> {
  const response = await assertOk(
    await fetch(`/skills/runs/${runId}/events${queryString(query)}`, {
      headers: { Accept: 'application/json' },
      signal,
    }),
  );
  const { data, meta } = (await response.json()) as PageAnswer;
  return { events: data, ...meta };
}

/**
 * The events of a run as the server has them. What arrives within one frame is told at once: a fast script must not make the page draw
 * a thousand times a second.
 */
export function createEventPort(fetch: AuthorizedFetch, runId: string): EventPort {
  return {
    page: (query, signal) => readEvents(fetch, runId, { ...query, limit: pageSize }, signal),

    async follow(after, { onEvents, onReconnecting }, signal) {
      let arrived: RunEvent[] = [];
      let frame = 0;
      const tell = () => {
        cancelAnimationFrame(frame);
        frame = 0;
        const events = arrived;
        arrived = [];
        if (events.length > 0 && !signal.aborted) onEvents(events);
      };
      await followStream({
        fetch,
        path: `/skills/runs/${runId}/events`,
        lastId: after === 0 ? '' : String(after),
        signal,
        onReconnecting,
        onMessages: (messages) => {
          arrived.push(...messages.map(({ data }) => JSON.parse(data) as RunEvent));
          if (arrived.length >= mostHeldBack) tell();
          else frame ||= requestAnimationFrame(tell);
        },
      });
      tell();
    },
  };
}
