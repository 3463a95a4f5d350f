import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Flex, Grid, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { InstallHint, useListProvidersQuery } from '../../providers';
import { NewConnectionForm } from '../components/new-connection-form';
import { ProviderChoice } from '../components/provider-choice';

type UsableProvider = InstalledProvider & { id: string };

const isUsable = (provider: InstalledProvider): provider is UsableProvider =>
  provider.state === 'loaded' && provider.id !== null;

/** A new connection in two steps: the provider, then its settings. */
export function NewConnectionPage() {
  const t = useT();
  const [query] = useSearchParams();
  const allowed = useAllowed();
  const { data, error, isLoading, refetch } = useListProvidersQuery(undefined, {
    skip: !allowed.readProviders,
  });
  const usable = (data ?? []).filter(isUsable);
  const chosen = usable.find(({ id }) => id === query.get('provider'));
  if (isLoading) return <Page.Loading />;
  if (chosen) {
    return (
      <>
        <Page.Title>{t('connections.new')}</Page.Title>
        <NewConnectionForm key={chosen.id} provider={chosen} />
      </>
    );
  }
  return (
    <>
      <Page.Title>{t('connections.new')}</Page.Title>
      <Layouts.Header
        title={t('connections.new')}
        subtitle={t('connections.step-1')}
        navigationAction={<BackButton fallback="/plugins/skills/connections" />}
      />
      <Layouts.Content>
        {!allowed.readProviders ? (
          <Panel>
            <Typography>{t('connections.providers-hidden')}</Typography>
          </Panel>
        ) : error ? (
          <Failed error={error} onRetry={refetch} />
        ) : usable.length === 0 ? (
          <Panel title={t('providers.none')}>
            <InstallHint />
          </Panel>
        ) : (
          <ProviderChoices providers={usable} />
        )}
      </Layouts.Content>
    </>
  );
}

function ProviderChoices({ providers }: { providers: readonly UsableProvider[] }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Grid.Root tag="ul" gap={4} aria-label={t('connections.step-1')}>
        {providers.map((provider) => (
          <Grid.Item
            key={provider.id}
            tag="li"
            col={6}
            s={12}
            xs={12}
            direction="column"
            alignItems="stretch"
          >
            <ProviderChoice provider={provider} />
          </Grid.Item>
        ))}
      </Grid.Root>
    </Flex>
  );
}
