import { useState } from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { Lightning, More, Trash } from '@strapi/icons';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useTestConnectionMutation } from '../api';
import { DeleteDialog } from './delete-dialog';

interface ConnectionMenuProps {
  connection: Connection;
  allowed: Allowed;
  onDeleted?: () => void;
  /** In a page's header, where it must be seen, and where testing has a place of its own. */
  prominent?: boolean;
}

/** What can be done with a connection without opening it; nothing is shown to a role that may do nothing. */
export function ConnectionMenu({ connection, allowed, onDeleted, prominent = false }: ConnectionMenuProps) {
  const t = useT();
  const notify = useNotify();
  const [test] = useTestConnectionMutation();
  const [deleting, setDeleting] = useState(false);
  const mayTest = allowed.updateConnections && connection.provider.installed && !prominent;
  if (!mayTest && !allowed.deleteConnections) return null;

  const onTest = async () => {
    const result = await test(connection.id);
    if ('error' in result) notify.failure(result.error);
    else if (result.data.ok) notify.success(`${connection.name}: ${result.data.message}`);
    else notify.failure(new Error(`${connection.name}: ${result.data.message}`));
  };
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          tag={IconButton}
          icon={<More aria-hidden />}
          label={t('connection.actions', { name: connection.name })}
          variant={prominent ? 'tertiary' : 'ghost'}
          endIcon={null}
        />
        <Menu.Content popoverPlacement="bottom-end">
          {mayTest && (
            <Menu.Item startIcon={<Lightning />} onSelect={onTest}>
              {t('connection.test')}
            </Menu.Item>
          )}
          {allowed.deleteConnections && (
            <Menu.Item variant="danger" startIcon={<Trash />} onSelect={() => setDeleting(true)}>
              {t('connection.delete')}
            </Menu.Item>
          )}
        </Menu.Content>
      </Menu.Root>
      {deleting && (
        <DeleteDialog connection={connection} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
      )}
    </>
  );
}
