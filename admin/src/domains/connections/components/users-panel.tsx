import { Typography } from '@strapi/design-system';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useGetConnectionUsersQuery } from '../api';
import { UserList } from './user-list';

/** What would notice if this connection changed. */
export function UsersPanel({ id }: { id: string }) {
  const t = useT();
  const {
    data: users,
    error,
    refetch,
  } = useGetConnectionUsersQuery(id, {
    refetchOnMountOrArgChange: true,
  });
  return (
    <Panel title={t('connection.users-title')}>
      {error && !users ? (
        <Failed error={error} onRetry={refetch} />
      ) : !users ? (
        <Loading />
      ) : users.length === 0 ? (
        <Typography textColor="neutral600">{t('connection.users-none')}</Typography>
      ) : (
        <UserList users={users} />
      )}
    </Panel>
  );
}
