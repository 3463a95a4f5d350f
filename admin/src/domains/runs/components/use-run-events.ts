import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { followStream } from '../../../http/follow-stream';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';
import { appendAnswer, emptyAnswer, type AnswerModel } from './answer-model';
import { appendEvents, emptyLog, type LogModel } from './log-model';

/** More events than these are not kept in the page; the newest are. */
const keptEvents = 20_000;

export interface RunEvents {
  log: LogModel;
  answer: AnswerModel;
  events: readonly RunEvent[];
  state: 'following' | 'reconnecting' | 'ended' | 'failed';
  error: unknown;
  /** Tries again after `failed`. */
  retry: () => void;
}

const nothing = { log: emptyLog, answer: emptyAnswer, events: [] as readonly RunEvent[] };

/** After these the run itself reads differently: its state, its files, its figures. */
const milestones: ReadonlySet<string> = new Set(['run-start', 'artifact', 'usage', 'run-end']);

/**
 * The events of a run from its first to its last, live while it runs. What arrives within one frame is shown at once: a fast
 * script must not make the page draw a thousand times a second.
 */
export function useRunEvents(runId: string, onMilestone: () => void): RunEvents {
  const fetch = useAuthorizedFetch();
  const [seen, setSeen] = useState(nothing);
  const [state, setState] = useState<RunEvents['state']>('following');
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const milestone = useRef(onMilestone);
  milestone.current = onMilestone;

  useEffect(() => {
    const controller = new AbortController();
    let arrived: RunEvent[] = [];
    let frame = 0;
    const show = () => {
      frame = 0;
      const fresh = arrived;
      arrived = [];
      setSeen(({ log, answer, events }) => ({
        log: appendEvents(log, fresh),
        answer: appendAnswer(answer, fresh),
        events: [...events, ...fresh.filter(({ seq }) => seq > log.lastSeq)].slice(-keptEvents),
      }));
      if (fresh.some(({ payload }) => milestones.has(payload.type))) milestone.current();
    };

    setSeen(nothing);
    setState('following');
    followStream({
      fetch,
      path: `/skills/runs/${runId}/events`,
      lastId: '',
      signal: controller.signal,
      onReconnecting: (reconnecting) => setState(reconnecting ? 'reconnecting' : 'following'),
      onMessages: (messages) => {
        arrived.push(...messages.map(({ data }) => JSON.parse(data) as RunEvent));
        frame ||= requestAnimationFrame(show);
      },
    })
      .then(() => {
        if (controller.signal.aborted) return;
        setState('ended');
        milestone.current();
      })
      .catch((failure: unknown) => {
        setError(failure);
        setState('failed');
      });
    return () => {
      controller.abort();
      cancelAnimationFrame(frame);
    };
  }, [fetch, runId, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...seen, state: seen.log.ended && state !== 'failed' ? 'ended' : state, error, retry };
}
