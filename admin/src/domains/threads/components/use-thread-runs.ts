import { useEffect, useRef, useState } from 'react';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { hasEnded, useLazyListRunsQuery, useListRunsQuery } from '../../runs';
import { withEarlier, withNewest, withStarted } from './known-runs';

/** Runs that are shown at first, and that are read with each "show earlier". */
const pageSize = 6;

/** While something goes on the thread is read more often. */
const activePollMs = 3_000;
const quietPollMs = 15_000;

/** A thread's runs, the newest at the end; those that other runs started are not among them. */
export interface ThreadRuns {
  runs: readonly RunSummary[];
  /** How many there are before those that are shown. */
  earlier: number;
  isLoading: boolean;
  isLoadingEarlier: boolean;
  error: unknown;
  /** Why those before could not be read. */
  earlierError: unknown;
  /** The newest run that has not ended. */
  active: RunSummary | undefined;
  refetch: () => void;
  showEarlier: () => Promise<void>;
  /** Takes a run that was started just now among them, without waiting until the list tells of it. */
  add: (run: RunSummary) => void;
}

interface Kept {
  thread: string;
  runs: readonly RunSummary[];
}

const runsIn = ({ thread, runs }: Kept, current: string) => (thread === current ? runs : []);

/** `thread`: empty where none is open. */
export function useThreadRuns(thread: string): ThreadRuns {
  const request = { thread, parent: 'none', sort: 'createdAt:desc', pageSize };
  const [kept, setKept] = useState<Kept>({ thread, runs: [] });
  const known = runsIn(kept, thread);
  const active = known.findLast(({ status }) => !hasEnded(status));
  const { currentData, error, isFetching, refetch } = useListRunsQuery(request, {
    skip: thread === '',
    pollingInterval: active ? activePollMs : quietPollMs,
    refetchOnMountOrArgChange: true,
  });
  const [read, earlierQuery] = useLazyListRunsQuery();
  useEffect(() => {
    if (!currentData) return;
    setKept((now) => ({ thread, runs: withNewest(runsIn(now, thread), currentData.data) }));
  }, [thread, currentData]);

  // The run of a prompt that made its thread is answered when that thread is already open.
  const open = useRef(thread);
  open.current = thread;
  const add = (run: RunSummary) => {
    const { threadId } = run;
    if (threadId !== open.current) return;
    setKept((now) => ({ thread: threadId, runs: withStarted(runsIn(now, threadId), run) }));
  };
  const showEarlier = async () => {
    // The oldest itself comes along: others may have been started in its millisecond.
    const { data } = await read({ ...request, to: known[0]?.createdAt, pageSize: pageSize + 4 });
    if (!data) return;
    setKept((now) => (now.thread === thread ? { thread, runs: withEarlier(now.runs, data.data) } : now));
  };
  return {
    runs: known,
    earlier: currentData ? Math.max(0, currentData.meta.pagination.total - known.length) : 0,
    isLoading: !currentData && isFetching && known.length === 0,
    isLoadingEarlier: earlierQuery.isFetching,
    error: currentData || known.length > 0 ? undefined : error,
    earlierError: earlierQuery.originalArgs?.thread === thread ? earlierQuery.error : undefined,
    active,
    refetch: () => thread !== '' && void refetch(),
    showEarlier,
    add,
  };
}
