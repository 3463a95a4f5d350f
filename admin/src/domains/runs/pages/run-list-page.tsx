import { Layouts, Page, Pagination, useQueryParams } from '@strapi/strapi/admin';
import { Box, Button, Checkbox } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Failed } from '../../../ui/failed';
import { useListQuery } from '../../../ui/use-list-query';
import { useT } from '../../../ui/use-t';
import { useListRunsQuery } from '../api';
import { RunFilters, runFilterParameters } from '../components/run-filters';
import { RunTable } from '../components/run-table';

/** How often the list looks for new runs and states. */
const pollMs = 10_000;

/** The runs of all skills. */
export function RunListPage() {
  const t = useT();
  const {
    request: { _q: _unused, ...request },
    narrowed,
  } = useListQuery(runFilterParameters, 'createdAt:DESC');
  const [{ query }, setQuery] = useQueryParams<{ started?: string; page?: string }>();
  // What an agent has started is found at the agent's run; here it would hide what people have started.
  const all = query.started === 'all';
  const { data, error, isLoading, isFetching, refetch } = useListRunsQuery(
    { ...request, parent: all ? undefined : 'none' },
    { pollingInterval: pollMs },
  );
  return (
    <>
      <Page.Title>{t('runs.title')}</Page.Title>
      <Layouts.Header
        title={t('runs.title')}
        subtitle={data && t('runs.count', { count: data.meta.pagination.total })}
        primaryAction={
          <Button
            variant="tertiary"
            startIcon={<ArrowClockwise />}
            loading={isFetching && !isLoading}
            onClick={refetch}
          >
            {t('runs.refresh')}
          </Button>
        }
      />
      <Layouts.Action
        startActions={
          <>
            <RunFilters />
            <Checkbox
              checked={all}
              onCheckedChange={(checked) =>
                checked === true
                  ? setQuery({ started: 'all', page: '1' })
                  : setQuery({ started: '', page: '' }, 'remove')
              }
            >
              {t('runs.with-started')}
            </Checkbox>
          </>
        }
      />
      <Layouts.Content>
        {error && !data ? (
          <Failed error={error} onRetry={refetch} />
        ) : (
          <Box minWidth={0}>
            <RunTable
              runs={data?.data ?? []}
              isLoading={isLoading}
              withSkill
              addressOf={({ id }) => `/plugins/skills/runs/${id}`}
              emptyText={t(narrowed ? 'runs.none-found' : 'runs.none')}
            />
            <Pagination.Root {...data?.meta.pagination}>
              <Pagination.PageSize />
              <Pagination.Links />
            </Pagination.Root>
          </Box>
        )}
      </Layouts.Content>
    </>
  );
}
