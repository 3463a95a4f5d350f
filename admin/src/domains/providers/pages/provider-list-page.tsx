import { Layouts, Page } from '@strapi/strapi/admin';
import { Flex, Grid } from '@strapi/design-system';
import { PuzzlePiece } from '@strapi/icons';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { EmptyState } from '../../../ui/empty-state';
import { useT } from '../../../ui/use-t';
import { useListProvidersQuery } from '../api';
import { InstallHint } from '../components/install-hint';
import { ProviderCard } from '../components/provider-card';

/** What is installed, what it can do, and what was rejected and why. */
export function ProviderListPage() {
  const t = useT();
  const { data: providers, error, refetch } = useListProvidersQuery();
  return (
    <>
      <Page.Title>{t('providers.title')}</Page.Title>
      <Layouts.Header
        title={t('providers.title')}
        subtitle={providers ? t('providers.count', { count: providers.length }) : t('providers.what')}
      />
      <Layouts.Content>
        {error && !providers ? (
          <Failed error={error} onRetry={refetch} />
        ) : !providers ? (
          <Loading />
        ) : providers.length === 0 ? (
          <NoProviders />
        ) : (
          <Flex direction="column" alignItems="stretch" gap={6}>
            <Grid.Root tag="ul" gap={4}>
              {providers.map((provider) => (
                <Grid.Item
                  key={provider.package}
                  col={6}
                  s={12}
                  xs={12}
                  direction="column"
                  alignItems="stretch"
                >
                  <ProviderCard provider={provider} />
                </Grid.Item>
              ))}
            </Grid.Root>
            <Panel title={t('providers.add-title')}>
              <InstallHint />
            </Panel>
          </Flex>
        )}
      </Layouts.Content>
    </>
  );
}

function NoProviders() {
  const t = useT();
  return (
    <EmptyState Icon={PuzzlePiece} title={t('providers.none')} what={t('providers.what')}>
      <InstallHint />
    </EmptyState>
  );
}
