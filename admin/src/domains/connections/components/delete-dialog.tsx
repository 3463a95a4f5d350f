import type { Connection, ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { Trash, WarningCircle } from '@strapi/icons';
import { toFailure } from '../../../http/api-failure';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { useNotify } from '../../../ui/use-notify';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { useT } from '../../../ui/use-t';
import { useDeleteConnectionMutation, useGetConnectionUsersQuery } from '../api';
import { UserList } from './user-list';

interface DeleteDialogProps {
  connection: Pick<Connection, 'id' | 'name'>;
  onClose: () => void;
  /** Called before it is gone, so that a page may stop minding its edits. */
  onDeleted?: () => void;
}

/** Whom the server names when somebody began to use the connection in the meantime. */
function usersIn(error: unknown): ConnectionUser[] | undefined {
  const { details } = toFailure(error);
  return details?.code === 'connection-in-use' && Array.isArray(details.users)
    ? (details.users as ConnectionUser[])
    : undefined;
}

/** Asks before a connection is deleted, or names those who still use it. */
export function DeleteDialog({ connection, onClose, onDeleted }: DeleteDialogProps) {
  const t = useT();
  const notify = useNotify();
  const returnFocus = useReturnFocus();
  const query = useGetConnectionUsersQuery(connection.id, { refetchOnMountOrArgChange: true });
  const [remove, { isLoading, error }] = useDeleteConnectionMutation();
  const users = (error && usersIn(error)) || (query.isFetching ? undefined : query.data);
  const used = users !== undefined && users.length > 0;

  const confirm = async () => {
    const result = await remove(connection.id);
    if ('error' in result) {
      if (!usersIn(result.error)) notify.failure(result.error);
      return;
    }
    notify.success(t('connection.deleted', { name: connection.name }));
    onClose();
    onDeleted?.();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>
          {t(used ? 'connection.delete-blocked-title' : 'connection.delete-title')}
        </Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" aria-hidden />}>
          {query.error ? (
            <Failed error={query.error} onRetry={query.refetch} />
          ) : !users ? (
            <Loading />
          ) : used ? (
            <Flex direction="column" alignItems="flex-start" gap={3} width="100%">
              <Typography>{t('connection.delete-blocked', { name: connection.name })}</Typography>
              <UserList users={users} />
            </Flex>
          ) : (
            <Typography textAlign="center">
              {t('connection.delete-question', { name: connection.name })}
            </Typography>
          )}
        </Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" fullWidth onClick={onClose}>
            {t(used ? 'common.close' : 'common.cancel')}
          </Button>
          {!used && (
            <Button
              variant="danger-light"
              startIcon={<Trash />}
              fullWidth
              disabled={!users}
              loading={isLoading}
              onClick={confirm}
            >
              {t('connection.delete')}
            </Button>
          )}
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
