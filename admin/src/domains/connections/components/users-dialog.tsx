import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { useT } from '../../../ui/use-t';
import { UserList } from './user-list';

interface UsersDialogProps {
  users: readonly ConnectionUser[];
  /** The connection is switched off, rather than changed. */
  deactivates: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Names those who use a connection before it changes under them. */
export function UsersDialog({ users, deactivates, onConfirm, onClose }: UsersDialogProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>
          {t(deactivates ? 'connection.deactivate-used-title' : 'connection.change-used-title')}
        </Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="warning600" aria-hidden />}>
          <Flex direction="column" alignItems="flex-start" gap={3} width="100%">
            <Typography>
              {t(deactivates ? 'connection.deactivate-used' : 'connection.change-used', {
                count: users.length,
              })}
            </Typography>
            <UserList users={users} />
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" fullWidth onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button fullWidth onClick={onConfirm}>
            {t(deactivates ? 'connection.deactivate-anyway' : 'connection.save-anyway')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
