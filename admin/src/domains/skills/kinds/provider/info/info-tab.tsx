import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { useAllowed } from '../../../../../http/allowed';
import { Panel } from '../../../../../ui/panel';
import { TimeAgo } from '../../../../../ui/time-ago';
import { useT } from '../../../../../ui/use-t';
import { SettingsPanel } from '../../../workspace/settings-panel';
import { useWorkspace } from '../../../workspace/workspace-context';
import { VersionDiff } from './version-diff';

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr));
  gap: 1.6rem;
  dd {
    overflow-wrap: anywhere;
  }
`;

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Typography tag="dt" variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      <Typography tag="dd" textColor="neutral800">
        {children}
      </Typography>
    </div>
  );
}

/** What is known about a provider skill beside its content: ids, dates, people, what it is bound to, and its history. */
export function InfoTab() {
  const t = useT();
  const allowed = useAllowed();
  const { skill, content } = useWorkspace();
  const { binding, owner } = skill;
  const connection = binding?.connection;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={t('info.title')}>
        <Facts>
          <Fact label={t('info.id')}>{skill.id}</Fact>
          <Fact label={t('skill.alias')}>{skill.alias}</Fact>
          <Fact label={t('skill.type')}>
            {binding ? `${binding.skillTypeName} (${binding.skillTypeId})` : t('skill.no-type')}
          </Fact>
          <Fact label={t('skill.connection')}>
            {connection && allowed.readConnections ? (
              <Link to={`/plugins/skills/connections/${connection.id}`} style={{ textDecoration: 'none' }}>
                <Typography textColor="primary600">{connection.name}</Typography>
              </Link>
            ) : (
              (connection?.name ?? t('skill.no-connection'))
            )}
          </Fact>
          <Fact label={t('info.provider')}>
            {connection?.provider.displayName ?? binding?.providerId ?? '–'}
          </Fact>
          <Fact label={t('skill.version')}>
            {t('version.number', { number: skill.currentVersion.number })}
          </Fact>
          <Fact label={t('info.digest')}>
            <span title={content.digest}>{content.digest.slice(0, 12)}…</span>
          </Fact>
          {owner && <Fact label={t('skill.owner')}>{owner.name}</Fact>}
          <Fact label={t('settings.created')}>
            <TimeAgo at={skill.createdAt} />
          </Fact>
          <Fact label={t('skill.modified')}>
            <TimeAgo at={skill.updatedAt} />
          </Fact>
          <Fact label={t('info.version-author')}>
            {content.createdBy.name || t(`actor.${content.createdBy.type}`)}
          </Fact>
        </Facts>
      </Panel>
      <VersionDiff />
      <SettingsPanel fields={['visibility', 'category', 'tags']} />
    </Flex>
  );
}
