import { useState } from 'react';
import { Button, Dialog, IconButton, Menu, Typography } from '@strapi/design-system';
import { More, Pencil, Trash, WarningCircle } from '@strapi/icons';
import type { Thread } from 'strapi-plugin-skills-shared/contracts';
import { useNotify } from '../../../ui/use-notify';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { useT } from '../../../ui/use-t';
import { useDeleteThreadMutation } from '../api';

interface ThreadMenuProps {
  thread: Thread;
  onRename: () => void;
  onDeleted: () => void;
}

/** What can be done with a thread. */
export function ThreadMenu({ thread, onRename, onDeleted }: ThreadMenuProps) {
  const t = useT();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          tag={IconButton}
          icon={<More aria-hidden />}
          label={t('threads.actions', { name: thread.name })}
          variant="ghost"
          endIcon={null}
        />
        <Menu.Content popoverPlacement="bottom-end">
          <Menu.Item startIcon={<Pencil />} onSelect={onRename}>
            {t('threads.rename')}
          </Menu.Item>
          <Menu.Item variant="danger" startIcon={<Trash />} onSelect={() => setDeleting(true)}>
            {t('threads.delete')}
          </Menu.Item>
        </Menu.Content>
      </Menu.Root>
      {deleting && (
        <DeleteThreadDialog thread={thread} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
      )}
    </>
  );
}

interface DeleteThreadDialogProps {
  thread: Thread;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a thread is deleted, and says what becomes of its runs. */
function DeleteThreadDialog({ thread, onClose, onDeleted }: DeleteThreadDialogProps) {
  const t = useT();
  const notify = useNotify();
  const returnFocus = useReturnFocus();
  const [remove, { isLoading }] = useDeleteThreadMutation();
  const confirm = async () => {
    const result = await remove({ id: thread.id, skillId: thread.skillId });
    if ('error' in result) return notify.failure(result.error);
    onClose();
    onDeleted();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>{t('threads.delete-title')}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" aria-hidden />}>
          <Typography textAlign="center" style={{ overflowWrap: 'anywhere' }}>
            {t('threads.delete-question', { name: thread.name })}
          </Typography>
        </Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" fullWidth onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="danger-light"
            startIcon={<Trash />}
            fullWidth
            loading={isLoading}
            onClick={confirm}
          >
            {t('threads.delete')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
