import { useEffect, useRef, useState } from 'react';
import { useIsMobile } from '@strapi/strapi/admin';
import { Box, Flex } from '@strapi/design-system';
import { Navigate, useNavigate, useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Page, Thread } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { useNotify } from '../../../ui/use-notify';
import { useWorkspace } from '../../skills';
import { useCreateThreadMutation, useGetThreadQuery, useListThreadsQuery } from '../api';
import { isEmpty } from './composing';
import { Conversation } from './conversation';
import { ThreadList } from './thread-list';
import { ThreadSelect } from './thread-select';
import { threadToOpen } from './thread-to-open';
import { useComposer } from './use-composer';
import { useRunTarget } from './use-run-target';

const pageSize = 20;

/** While something goes on in a thread the list is read more often. */
const activePollMs = 5_000;
const quietPollMs = 20_000;

const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(20rem, 26rem) minmax(0, 1fr);
  gap: 1.6rem;
  align-items: start;
`;

const Side = styled.div`
  position: sticky;
  /* Below the skill's name, which stays in view itself. */
  top: 8rem;
  max-height: calc(100vh - 9.6rem);
  overflow: auto;
`;

/** A skill tried out: threads beside the runs of the one that is open. */
export function TesterTab() {
  const { skill, allowed } = useWorkspace();
  const { '*': rest = '' } = useParams();
  const threadId = rest.split('/')[0] ?? '';
  const navigate = useNavigate();
  const notify = useNotify();
  const narrow = useIsMobile();
  const [page, setPage] = useState(1);
  const { threads, current, error, refetch } = useThreads(threadId, page);
  const [create] = useCreateThreadMutation();
  const target = useRunTarget();
  const composer = useComposer(threadId, target);
  const field = useRef<HTMLTextAreaElement>(null);
  const opened = useRef<string>();
  useEffect(() => {
    opened.current = threadId;
    // Who has gone elsewhere while a thread was made for their prompt is left there.
    return () => (opened.current = undefined);
  }, [threadId]);
  const addressOf = (id: string) => `/plugins/skills/skills/${skill.id}/tester${id === '' ? '' : `/${id}`}`;

  const [newest] = threads?.data ?? [];
  const gone = threadId !== '' && current === null;
  const { moveTo } = composer;
  useEffect(() => {
    if (gone) moveTo('');
  }, [gone, moveTo]);
  const welcomed = useRef(false);
  useEffect(() => {
    welcomed.current = threadId === '' && threads?.meta.pagination.page === 1;
  }, [threadId, threads]);

  if (error) return <Failed error={error} onRetry={refetch} />;
  if (!threads) return <Loading />;
  // The last thread of the last page was deleted.
  if (!newest && page > 1) setPage(1);
  const writing = !isEmpty(composer.draft);
  const lead = threadToOpen({ threadId, welcomed: welcomed.current, writing, newest: newest?.id });
  if (lead !== undefined && page === 1) return <Navigate to={addressOf(lead)} replace />;
  // Deleted meanwhile, or another skill's.
  if (gone) return <Navigate to={addressOf('')} replace />;

  const open = (id: string) => navigate(addressOf(id));
  const onCreate = async (name: string) => {
    const result = await create({ skillId: skill.id, name });
    if ('error' in result) return notify.failure(result.error);
    setPage(1);
    open(result.data.id);
    // The field of the name is gone, and the focus with it, unless somebody has put it elsewhere meanwhile.
    if (document.activeElement === document.body) field.current?.focus();
  };
  const onDeleted = ({ id }: Thread) => {
    if (id === threadId) navigate(addressOf(threads.data.find((other) => other.id !== id)?.id ?? ''));
  };
  const editable = allowed.startRuns && !skill.archived;
  const shared = { editable, onCreate, onDeleted };
  const conversation = (
    <Box tag="section" minWidth={0} aria-label={current?.name}>
      <Conversation
        threadId={threadId}
        composer={composer}
        target={target}
        field={field}
        onThread={(made) => opened.current === '' && open(made)}
      />
    </Box>
  );
  if (narrow) {
    return (
      <Flex direction="column" alignItems="stretch" gap={4}>
        <ThreadSelect threads={threads.data} current={current ?? undefined} onChoose={open} {...shared} />
        {conversation}
      </Flex>
    );
  }
  return (
    <Columns>
      <Side>
        <ThreadList threads={threads} current={threadId} addressOf={addressOf} onPage={setPage} {...shared} />
      </Side>
      {conversation}
    </Columns>
  );
}

interface Threads {
  threads: Page<Thread> | undefined;
  /** The one that is open; null: there is none of that id in this skill. */
  current: Thread | undefined | null;
  error: unknown;
  refetch: () => void;
}

/** A page of the skill's threads, and the one that is open, which may stand on another page. */
function useThreads(threadId: string, page: number): Threads {
  const { skill } = useWorkspace();
  const [active, setActive] = useState(false);
  const { data, error, refetch } = useListThreadsQuery(
    { skillId: skill.id, page, pageSize },
    { pollingInterval: active ? activePollMs : quietPollMs },
  );
  const goesOn = data?.data.some(({ activeRuns }) => activeRuns > 0) ?? false;
  if (goesOn !== active) setActive(goesOn);
  const listed = data?.data.find(({ id }) => id === threadId);
  const single = useGetThreadQuery(threadId, { skip: threadId === '' || !data || listed !== undefined });
  const missing = single.error !== undefined && toFailure(single.error).status === 404;
  const alien = single.currentData !== undefined && single.currentData.skillId !== skill.id;
  return {
    threads: data,
    current: listed ?? (missing || alien ? null : single.currentData),
    error: data ? undefined : error,
    refetch: () => void refetch(),
  };
}
