import { useState } from 'react';
import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight, Plus } from '@strapi/icons';
import type { Page, Thread } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { ThreadNameInput } from './thread-name-input';
import { ThreadRow } from './thread-row';
import { useFocusBack } from './use-focus-back';

interface ThreadListProps {
  threads: Page<Thread>;
  current: string;
  addressOf: (threadId: string) => string;
  /** Whether the role may make, rename and delete threads. */
  editable: boolean;
  onPage: (page: number) => void;
  onCreate: (name: string) => void;
  onDeleted: (thread: Thread) => void;
}

/** The threads of a skill, the last active first, and the way to a new one. */
export function ThreadList(props: ThreadListProps) {
  const { threads, current, addressOf, editable, onPage, onCreate, onDeleted } = props;
  const t = useT();
  const [naming, setNaming] = useState(false);
  const { container, closedByKey } = useFocusBack<HTMLDivElement>(naming);
  const { page, pageCount } = threads.meta.pagination;
  return (
    <Box
      tag="nav"
      aria-label={t('threads.title')}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={3}
    >
      <Flex ref={container} justifyContent="space-between" gap={2} paddingBottom={2} paddingLeft={2}>
        <Typography variant="delta" tag="h2">
          {t('threads.title')}
        </Typography>
        {editable && (
          <IconButton variant="ghost" label={t('threads.new')} onClick={() => setNaming(true)}>
            <Plus aria-hidden />
          </IconButton>
        )}
      </Flex>
      {naming && (
        <ThreadNameInput
          label={t('threads.new-name')}
          initial=""
          onCancel={(byKey) => {
            if (byKey) closedByKey();
            setNaming(false);
          }}
          onDone={(name) => {
            setNaming(false);
            onCreate(name);
          }}
        />
      )}
      {threads.data.length === 0 && !naming && (
        <NoThreads editable={editable} onCreate={() => setNaming(true)} />
      )}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
        {threads.data.map((thread) => (
          <ThreadRow
            key={thread.id}
            thread={thread}
            to={addressOf(thread.id)}
            isCurrent={thread.id === current}
            editable={editable}
            onDeleted={() => onDeleted(thread)}
          />
        ))}
      </Flex>
      {pageCount > 1 && (
        <Flex justifyContent="space-between" paddingTop={2}>
          <IconButton
            variant="ghost"
            label={t('threads.newer')}
            disabled={page <= 1}
            onClick={() => onPage(page - 1)}
          >
            <ChevronLeft aria-hidden />
          </IconButton>
          <Typography variant="pi" textColor="neutral600">
            {t('threads.page', { page, count: pageCount })}
          </Typography>
          <IconButton
            variant="ghost"
            label={t('threads.older')}
            disabled={page >= pageCount}
            onClick={() => onPage(page + 1)}
          >
            <ChevronRight aria-hidden />
          </IconButton>
        </Flex>
      )}
    </Box>
  );
}

/** What a thread is, to who has none yet. */
function NoThreads({ editable, onCreate }: { editable: boolean; onCreate: () => void }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="flex-start" gap={3} padding={2}>
      <Typography variant="pi" textColor="neutral600">
        {t('threads.none')}
      </Typography>
      {editable && (
        <Button size="S" variant="secondary" startIcon={<Plus />} onClick={onCreate}>
          {t('threads.new')}
        </Button>
      )}
    </Flex>
  );
}
