import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { toFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import type { ChatConnections } from './use-chat-connections';

/** Why a choice of connections is not all that there are: they could not be read, or are too many. Else nothing. */
export function ChatConnectionsNote({ found }: { found: ChatConnections }) {
  const t = useT();
  const { error, refetch, unlisted } = found;
  if (error !== undefined) {
    return (
      <Flex role="alert" gap={3} wrap="wrap">
        <Typography textColor="danger600">
          {t('agent.connections-failed', { message: toFailure(error).message })}
        </Typography>
        <Button size="S" variant="tertiary" startIcon={<ArrowClockwise />} onClick={refetch}>
          {t('common.retry')}
        </Button>
      </Flex>
    );
  }
  if (unlisted <= 0) return null;
  return (
    <Typography variant="pi" textColor="neutral600">
      {t('agent.connections-unlisted', { count: unlisted })}
    </Typography>
  );
}
