import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useT, type MessageKey } from '../../../ui/use-t';

/** As many as the server tells. */
const mostTold = 100;

const kinds: Readonly<Record<string, MessageKey>> = {
  skill: 'connection.user.skill',
  placement: 'connection.user.placement',
  'agent-defaults': 'connection.user.agent-defaults',
};

/** What uses a connection, each with a way there. */
export function UserList({ users }: { users: readonly ConnectionUser[] }) {
  const t = useT();
  return (
    <Box maxHeight="24rem" overflow="auto" width="100%">
      <Flex tag="ul" direction="column" alignItems="flex-start" gap={2}>
        {users.map((user) => {
          const kind = kinds[user.kind];
          return (
            <Flex key={`${user.kind}:${user.id}`} tag="li" gap={2} wrap="wrap">
              {user.path ? (
                <Link tag={NavLink} to={user.path}>
                  {user.name}
                </Link>
              ) : (
                <Typography fontWeight="semiBold">{user.name}</Typography>
              )}
              <Typography variant="pi" textColor="neutral600">
                {kind ? t(kind) : user.kind}
              </Typography>
            </Flex>
          );
        })}
        {users.length >= mostTold && (
          <Typography tag="li" variant="pi" textColor="neutral600">
            {t('connection.users-more')}
          </Typography>
        )}
      </Flex>
    </Box>
  );
}
