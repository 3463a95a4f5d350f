import type { ReactNode } from 'react';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { Flex, Typography } from '@strapi/design-system';
import { Panel } from '../../../ui/panel';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import { CapabilityList } from '../../providers';

/** What is known of a connection beside its settings: who made it, when, and what its provider can do. */
export function ConnectionInfo({ connection }: { connection: Connection }) {
  const t = useT();
  const { id, createdAt, createdBy, updatedAt, updatedBy, capabilities } = connection;
  return (
    <Panel title={t('connection.info-title')}>
      <Flex tag="dl" direction="column" alignItems="stretch" gap={3}>
        <Fact label={t('connection.created')}>
          <TimeAgo at={createdAt} />
          {createdBy && ` · ${createdBy.name}`}
        </Fact>
        <Fact label={t('connection.modified')}>
          <TimeAgo at={updatedAt} />
          {updatedBy && ` · ${updatedBy.name}`}
        </Fact>
        <Fact label={t('connection.id')}>{id}</Fact>
        {capabilities.length > 0 && (
          <div>
            <Typography tag="dt" variant="pi" textColor="neutral600">
              {t('connection.capabilities')}
            </Typography>
            <dd>
              <CapabilityList capabilities={capabilities} />
            </dd>
          </div>
        )}
      </Flex>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography tag="dt" variant="pi" textColor="neutral600">
        {label}
      </Typography>
      <Typography tag="dd" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </Flex>
  );
}
