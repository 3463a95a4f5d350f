import { Badge, Box, EmptyStateLayout, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus, PuzzlePiece } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useAllowed } from '../../../../../http/allowed';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useT } from '../../../../../ui/use-t';
import { ProviderIcon } from '../../../../providers';
import { ChoiceCard, ChoiceGrid } from '../../../components/choice-card';
import { useSkillConnections, type SkillConnection } from './use-skill-connections';

/** Step 1: over which connection the skill works. Those that cannot have skills are not there; inactive ones say so. */
export function ChooseConnection({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useT();
  const { connections, isLoading, error, refetch } = useSkillConnections();
  if (isLoading) return <Loading />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (connections.length === 0) return <NoConnections />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{t('new-skill.connection-what')}</Typography>
      <ChoiceGrid label={t('new-skill.step.connection')}>
        {connections.map((connection) => (
          <li key={connection.id}>
            <ChoiceCard
              icon={<ProviderIcon icon={connection.provider.icon} />}
              title={connection.name}
              disabled={!connection.provider.installed}
              badges={<State connection={connection} />}
              onClick={() => onChoose(connection.id)}
            >
              <Typography variant="pi" textColor="neutral600">
                {connection.provider.displayName} · {connection.alias}
              </Typography>
            </ChoiceCard>
          </li>
        ))}
      </ChoiceGrid>
    </Flex>
  );
}

function State({ connection }: { connection: SkillConnection }) {
  const t = useT();
  const { provider, active, lastTest } = connection;
  return (
    <>
      {!provider.installed && (
        <Badge size="S" variant="danger">
          {t('provider-skill.adapter-gone-badge')}
        </Badge>
      )}
      {!active && <Badge size="S">{t('skill.inactive')}</Badge>}
      {lastTest && (
        <Badge size="S" variant={lastTest.ok ? 'success' : 'danger'}>
          {t(lastTest.ok ? 'new-skill.test-ok' : 'new-skill.test-failed')}
        </Badge>
      )}
    </>
  );
}

function NoConnections() {
  const t = useT();
  const allowed = useAllowed();
  return (
    <Box background="neutral0" hasRadius shadow="tableShadow">
      <EmptyStateLayout
        icon={<PuzzlePiece width="4.8rem" height="4.8rem" fill="primary600" aria-hidden />}
        content={t('new-skill.no-connections')}
        action={
          <Flex gap={2} wrap="wrap" justifyContent="center">
            {allowed.createConnections && (
              <LinkButton tag={Link} to="/plugins/skills/connections/new" startIcon={<Plus />}>
                {t('new-skill.add-connection')}
              </LinkButton>
            )}
            {allowed.readProviders && (
              <LinkButton tag={Link} to="/plugins/skills/providers" variant="secondary">
                {t('new-skill.see-providers')}
              </LinkButton>
            )}
          </Flex>
        }
      />
    </Box>
  );
}
