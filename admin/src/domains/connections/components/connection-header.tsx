import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { useT } from '../../../ui/use-t';
import { ProviderIcon } from '../../providers';
import { ConnectionMenu } from './connection-menu';

interface ConnectionHeaderProps {
  connection: Connection;
  allowed: Allowed;
  dirty: boolean;
  saving: boolean;
  onDiscard: () => void;
  onDeleted: () => void;
}

/** The head of a connection's page. It stands in the form that its button saves. */
export function ConnectionHeader(props: ConnectionHeaderProps) {
  const { connection, allowed, dirty, saving, onDiscard, onDeleted } = props;
  const t = useT();
  return (
    <>
      <Page.Title>{connection.name}</Page.Title>
      <Layouts.Header
        title={connection.name}
        navigationAction={<BackButton fallback="/plugins/skills/connections" />}
        subtitle={
          <Flex gap={3} wrap="wrap">
            <Flex gap={2}>
              <ProviderIcon icon={connection.provider.icon} size="1.6rem" />
              <Typography textColor="neutral600">{connection.provider.displayName}</Typography>
            </Flex>
            <Typography textColor="neutral600">{connection.alias}</Typography>
            {!connection.active && <Badge>{t('connection.is-inactive')}</Badge>}
            {!connection.provider.installed && (
              <Badge variant="danger">{t('connection.provider-gone')}</Badge>
            )}
          </Flex>
        }
        primaryAction={
          <Flex gap={2} wrap="wrap">
            <ConnectionMenu prominent connection={connection} allowed={allowed} onDeleted={onDeleted} />
            {allowed.updateConnections && (
              <>
                {dirty && (
                  <Button variant="tertiary" disabled={saving} onClick={onDiscard}>
                    {t('common.discard')}
                  </Button>
                )}
                <Button type="submit" startIcon={<Check />} disabled={!dirty} loading={saving}>
                  {t('common.save')}
                </Button>
              </>
            )}
          </Flex>
        }
      />
    </>
  );
}
