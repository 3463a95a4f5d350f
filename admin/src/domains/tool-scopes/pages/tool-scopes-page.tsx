import { Layouts, Page } from '@strapi/strapi/admin';
import { Grid, Typography } from '@strapi/design-system';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useListToolScopesQuery } from '../api';
import { LimitsPanel } from '../components/limits-panel';
import { ScopeList } from '../components/scope-list';

/** What tools may touch, in named groups, and which tokens and roles are kept to some of them. */
export function ToolScopesPage() {
  const t = useT();
  const allowed = useAllowed();
  const {
    data: scopes,
    error,
    refetch,
  } = useListToolScopesQuery(undefined, {
    skip: !allowed.readSkills,
  });
  return (
    <>
      <Page.Title>{t('scopes.title')}</Page.Title>
      <Layouts.Header title={t('scopes.title')} subtitle={t('scopes.what')} />
      <Layouts.Content>
        <Grid.Root gap={4} style={{ alignItems: 'start' }}>
          {allowed.readScopeLimits && (
            <Grid.Item col={7} s={12} xs={12} direction="column" alignItems="stretch">
              <LimitsPanel scopes={scopes ?? []} />
            </Grid.Item>
          )}
          {allowed.readSkills && (
            <Grid.Item
              col={allowed.readScopeLimits ? 5 : 12}
              s={12}
              xs={12}
              direction="column"
              alignItems="stretch"
            >
              <Panel title={t('scopes.all')}>
                {error && !scopes ? (
                  <Failed error={error} onRetry={refetch} />
                ) : !scopes ? (
                  <Loading />
                ) : scopes.length === 0 ? (
                  <Typography textColor="neutral600">{t('scopes.none')}</Typography>
                ) : (
                  <ScopeList scopes={scopes} />
                )}
              </Panel>
            </Grid.Item>
          )}
        </Grid.Root>
      </Layouts.Content>
    </>
  );
}
