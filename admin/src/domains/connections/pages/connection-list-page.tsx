import { Layouts, Page, Pagination } from '@strapi/strapi/admin';
import { Box, LinkButton, Typography } from '@strapi/design-system';
import { Plus, Server } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { useListQuery } from '../../../ui/use-list-query';
import { EmptyState } from '../../../ui/empty-state';
import { useT } from '../../../ui/use-t';
import { InstallHint, useListProvidersQuery } from '../../providers';
import { useListConnectionsQuery } from '../api';
import { AgentDefaultsPanel } from '../components/agent-defaults-panel';
import { ConnectionFilters, connectionFilterParameters } from '../components/connection-filters';
import { ConnectionTable } from '../components/connection-table';

/** All connections: found, narrowed, sorted and paged by the URL. */
export function ConnectionListPage() {
  const t = useT();
  const allowed = useAllowed();
  const { request, narrowed } = useListQuery(connectionFilterParameters, 'name:ASC');
  const { data, error, isLoading, isFetching, refetch } = useListConnectionsQuery(request);
  const empty = data?.meta.pagination.total === 0 && !narrowed && !isFetching;
  return (
    <>
      <Page.Title>{t('connections.title')}</Page.Title>
      <Layouts.Header
        title={t('connections.title')}
        subtitle={data && t('connections.count', { count: data.meta.pagination.total })}
        primaryAction={
          allowed.createConnections && (
            <LinkButton tag={Link} to="new" startIcon={<Plus />}>
              {t('connections.new')}
            </LinkButton>
          )
        }
      />
      {!empty && <Layouts.Action startActions={<ConnectionFilters />} />}
      <Layouts.Content>
        {error && !data ? (
          <Failed error={error} onRetry={refetch} />
        ) : empty ? (
          <NoConnections />
        ) : (
          <Box minWidth={0}>
            <ConnectionTable connections={data?.data ?? []} isLoading={isLoading} allowed={allowed} />
            <Pagination.Root {...data?.meta.pagination}>
              <Pagination.PageSize />
              <Pagination.Links />
            </Pagination.Root>
            <Box paddingTop={4}>
              <AgentDefaultsPanel allowed={allowed} />
            </Box>
          </Box>
        )}
      </Layouts.Content>
    </>
  );
}

/** What stands here before there is any connection: what it is, and the next step, which may be to install a provider. */
function NoConnections() {
  const t = useT();
  const allowed = useAllowed();
  const { data: providers } = useListProvidersQuery(undefined, { skip: !allowed.readProviders });
  const noProvider = providers?.every(({ state }) => state !== 'loaded') ?? false;
  return (
    <EmptyState Icon={Server} title={t('connections.none')} what={t('connections.what')}>
      {noProvider ? (
        <InstallHint />
      ) : allowed.createConnections ? (
        <LinkButton tag={Link} to="new" size="L" startIcon={<Plus />}>
          {t('connections.new')}
        </LinkButton>
      ) : (
        <Typography textColor="neutral600">{t('connections.may-not')}</Typography>
      )}
    </EmptyState>
  );
}
