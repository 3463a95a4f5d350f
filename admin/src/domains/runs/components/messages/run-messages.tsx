import { Box, Flex, Typography } from '@strapi/design-system';
import { Clock } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { TimeAgo } from '../../../../ui/time-ago';
import { useT } from '../../../../ui/use-t';
import { useListRunMessagesQuery } from '../../api';
import { hasEnded, livePoll } from '../run-state';

/** Words to the agent that are not in its conversation: they wait for its next step, or the run ended before they were read. */
export function RunMessages({ run }: { run: Run; allowed?: Allowed }) {
  const t = useT();
  const { data = [] } = useListRunMessagesQuery(run.id, {
    skip: run.execution !== 'agent',
    pollingInterval: livePoll(run.status),
  });
  const pending = data.filter(({ takenAt }) => takenAt === null);
  if (pending.length === 0) return null;
  const ended = hasEnded(run.status);
  return (
    <Box tag="section" aria-label={t('messages.title')} minWidth={0}>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {pending.map(({ id, text, author, createdAt }) => (
          <Box key={id} tag="li" background="neutral100" hasRadius padding={3} minWidth={0}>
            <Flex gap={2} wrap="wrap">
              <Clock fill="neutral500" aria-hidden width="1.4rem" height="1.4rem" />
              <Typography variant="pi" textColor="neutral600">
                {author.name || t(`actor.${author.type}`)} · <TimeAgo at={createdAt} /> ·{' '}
                {t(ended ? 'messages.unread' : 'messages.pending')}
              </Typography>
            </Flex>
            <Typography
              tag="p"
              textColor="neutral800"
              style={{
                whiteSpace: 'pre-wrap',
                overflowWrap: 'anywhere',
                maxHeight: '16rem',
                overflow: 'auto',
              }}
            >
              {text}
            </Typography>
          </Box>
        ))}
      </Flex>
    </Box>
  );
}
