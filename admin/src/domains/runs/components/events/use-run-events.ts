import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { useAuthorizedFetch } from '../../../../http/use-authorized-fetch';
import { useNoteRunChangeMutation } from '../../api';
import { beforeOf, emptyWindow, isAtEnd, isAtStart, lastOf } from './event-window';
import { createEventPort } from './run-event-port';
import { RunEventSource, type EventsShown } from './run-event-source';

/** A run's events as they are shown: a part of them, which grows to where the reader goes. */
export interface RunEvents {
  /** Numbered without a gap. */
  events: readonly RunEvent[];
  state: EventsShown['state'];
  /** Why they cannot be had at all, or why a page of them could not be read. */
  error: unknown;
  reading: EventsShown['reading'];
  /** How many there are before those that are shown, and behind them. */
  before: number;
  behind: number;
  readEarlier(): void;
  readLater(): void;
  jumpToStart(): void;
  jumpToEnd(): void;
  /** Whether the reader stands at the end, and wants to see what comes. */
  setFollowing(following: boolean): void;
  /** Tries again after `failed`. */
  retry(): void;
}

/** After these the run itself reads differently: its state, its figures, its files, what waits in it. */
const milestones: ReadonlySet<string> = new Set([
  'run-start',
  'step-start',
  'artifact',
  'usage',
  'message',
  'approval-request',
  'approval',
  'child-run',
  'run-wait',
  'run-resume',
  'files-change',
  'run-end',
]);

const nothing: EventsShown = {
  window: emptyWindow,
  state: 'loading',
  error: undefined,
  reading: undefined,
};

/** Milliseconds between two readings of a run that changes often. */
const noteEvery = 500;

/** Tells the panel's cache, not more often than is of use, that a run reads differently now. */
function useNoteChange(runId: string): () => void {
  const [note] = useNoteRunChangeMutation();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [runId],
  );
  return useCallback(() => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void note(runId);
    }, noteEvery);
  }, [note, runId]);
}

/**
 * The events of a run, opened at the newest and live from there. Whatever the panel shows of the run beside them (its state, what waits
 * for a person, its figures) is read anew when an event says that it has changed.
 */
export function useRunEvents(runId: string): RunEvents {
  const fetch = useAuthorizedFetch();
  const noteChange = useNoteChange(runId);
  const [shown, setShown] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  const source = useRef<RunEventSource>();

  useEffect(() => {
    let left = false;
    const current = new RunEventSource({
      port: createEventPort(fetch, runId),
      onChange: setShown,
      // Also the first page: what the panel has asked for beside it may have been read before.
      onFresh: (events) => {
        if (events.some(({ payload }) => milestones.has(payload.type))) noteChange();
      },
    });
    source.current = current;
    setShown(nothing);
    // A run that ends tells so; one whose stream only came to its end is asked.
    void current.open().then(() => !left && noteChange());
    return () => {
      left = true;
      current.close();
    };
  }, [fetch, noteChange, runId, attempt]);

  const acts = useMemo(
    () => ({
      readEarlier: () => void source.current?.readEarlier(),
      readLater: () => void source.current?.readLater(),
      jumpToStart: () => void source.current?.jumpToStart(),
      jumpToEnd: () => void source.current?.jumpToEnd(),
      setFollowing: (following: boolean) => source.current?.setFollowing(following),
      retry: () => setAttempt((count) => count + 1),
    }),
    [],
  );
  const { window, state, error, reading } = shown;
  return useMemo(
    () => ({
      ...acts,
      events: window.events,
      state,
      error,
      reading,
      before: isAtStart(window) ? 0 : beforeOf(window),
      behind: isAtEnd(window) ? 0 : window.tip - lastOf(window),
    }),
    [acts, window, state, error, reading],
  );
}
