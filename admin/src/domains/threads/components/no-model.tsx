import { LinkButton, Typography } from '@strapi/design-system';
import { Plus, Server } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { EmptyState } from '../../../ui/empty-state';
import { useT } from '../../../ui/use-t';
import { useWorkspace } from '../../skills';

/** What stands in the tester before any connection can chat: what it takes, and the next step. */
export function NoModel() {
  const t = useT();
  const { allowed } = useWorkspace();
  return (
    <EmptyState Icon={Server} title={t('tester.no-model')} what={t('tester.no-model-what')}>
      {allowed.createConnections ? (
        <LinkButton tag={Link} to="/plugins/skills/connections/new" size="L" startIcon={<Plus />}>
          {t('connections.new')}
        </LinkButton>
      ) : (
        <Typography textColor="neutral600">{t('connections.may-not')}</Typography>
      )}
    </EmptyState>
  );
}
