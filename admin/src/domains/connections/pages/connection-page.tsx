import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Box } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import { toFailure } from '../../../http/api-failure';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { useNotify } from '../../../ui/use-notify';
import { useListProvidersQuery } from '../../providers';
import { useGetConnectionQuery } from '../api';
import { ConnectionEditor } from '../components/connection-editor';

/** One connection: read by whoever may, edited by whoever may. */
export function ConnectionPage() {
  const { connectionId = '' } = useParams();
  const notify = useNotify();
  const allowed = useAllowed();
  const {
    data: connection,
    error,
    refetch,
  } = useGetConnectionQuery(connectionId, {
    refetchOnMountOrArgChange: true,
  });
  // Without the providers there is no form, but all can still be read.
  const providers = useListProvidersQuery(undefined, { skip: !allowed.readProviders });

  if (error && !connection) {
    if (toFailure(error).status === 403) return <Page.NoPermissions />;
    return (
      <Layouts.Content>
        <Box paddingTop={8}>
          <BackButton fallback="/plugins/skills/connections" />
          <Failed error={error} onRetry={toFailure(error).status === 404 ? undefined : refetch} />
        </Box>
      </Layouts.Content>
    );
  }
  if (!connection || providers.isLoading) return <Page.Loading />;
  const provider = providers.data?.find(({ id }) => id === connection.provider.id);
  const reload = async () => {
    const result = await refetch();
    if (result.error) notify.failure(result.error);
    return result.data;
  };
  return (
    <ConnectionEditor
      key={connection.id}
      connection={connection}
      schema={connection.provider.installed ? (provider?.settingsSchema ?? undefined) : undefined}
      allowed={allowed}
      onReload={reload}
    />
  );
}
