import { useState } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Thread } from 'strapi-plugin-skills-shared/contracts';
import { TimeAgo } from '../../../ui/time-ago';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useRenameThreadMutation } from '../api';
import { ActivityDot } from './activity-dot';
import { ThreadMenu } from './thread-menu';
import { ThreadNameInput } from './thread-name-input';
import { useFocusBack } from './use-focus-back';

const RowLink = styled(NavLink)`
  display: block;
  min-width: 0;
  flex: 1;
  padding: 0.8rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  text-decoration: none;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  &.active {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;

interface ThreadRowProps {
  thread: Thread;
  to: string;
  isCurrent: boolean;
  editable: boolean;
  onDeleted: () => void;
}

/** A thread in the list: its name, what goes on in it, and what can be done with it. */
export function ThreadRow({ thread, to, isCurrent, editable, onDeleted }: ThreadRowProps) {
  const t = useT();
  const notify = useNotify();
  const [renaming, setRenaming] = useState(false);
  const [rename] = useRenameThreadMutation();
  const { container, closedByKey } = useFocusBack<HTMLLIElement>(renaming);
  const close = (byKey: boolean) => {
    if (byKey) closedByKey();
    setRenaming(false);
  };
  const take = async (name: string, byKey: boolean) => {
    close(byKey);
    const result = await rename({ id: thread.id, skillId: thread.skillId, name });
    if ('error' in result) notify.failure(result.error);
  };
  if (renaming) {
    return (
      <li>
        <ThreadNameInput
          label={t('threads.rename-label', { name: thread.name })}
          initial={thread.name}
          onDone={take}
          onCancel={close}
        />
      </li>
    );
  }
  return (
    <Flex ref={container} tag="li" gap={1} minWidth={0} data-thread={thread.name}>
      <RowLink to={to} aria-current={isCurrent ? 'page' : undefined}>
        <Flex gap={2} minWidth={0}>
          <Typography
            ellipsis
            fontWeight={isCurrent ? 'semiBold' : 'regular'}
            textColor={isCurrent ? 'primary700' : 'neutral800'}
            title={thread.name}
          >
            {thread.name}
          </Typography>
          {thread.activeRuns > 0 && <ActivityDot label={t('threads.active', { count: thread.activeRuns })} />}
        </Flex>
        <Box>
          <Typography variant="pi" textColor="neutral600">
            {t('runs.count', { count: thread.runCount })} · <TimeAgo at={thread.activeAt} />
          </Typography>
        </Box>
      </RowLink>
      {editable && <ThreadMenu thread={thread} onRename={() => setRenaming(true)} onDeleted={onDeleted} />}
    </Flex>
  );
}
