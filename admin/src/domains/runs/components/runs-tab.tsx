import { Pagination, useQueryParams } from '@strapi/strapi/admin';
import { Box, Button, Flex, Grid } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Route, Routes, useNavigate, useParams } from 'react-router-dom';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useWorkspace } from '../../skills';
import { Failed } from '../../../ui/failed';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useListRunsQuery } from '../api';
import { RunTable } from './run-table';
import { RunView } from './run-view';
import { draftOf } from './run-draft';
import { StartRun } from './start-run';

const pollMs = 5000;

/** A skill's runs: the form that starts one, those there were, and one opened. */
export function RunsTab() {
  return (
    <Routes>
      <Route index element={<StartAndHistory />} />
      <Route path=":runId" element={<OneRun />} />
    </Routes>
  );
}

function useRunsAddress() {
  const { skill } = useWorkspace();
  return `/plugins/skills/skills/${skill.id}/runs`;
}

function StartAndHistory() {
  const t = useT();
  const { allowed, skill } = useWorkspace();
  const mayStart = allowed.startRuns && !skill.archived;
  return (
    <Grid.Root gap={4} style={{ alignItems: 'start' }}>
      {mayStart && (
        <Grid.Item col={5} m={5} s={12} xs={12} direction="column" alignItems="stretch" minWidth={0}>
          <Panel title={t('run-form.title')}>
            <Start />
          </Panel>
        </Grid.Item>
      )}
      {allowed.readRuns && (
        <Grid.Item
          col={mayStart ? 7 : 12}
          m={mayStart ? 7 : 12}
          s={12}
          xs={12}
          direction="column"
          alignItems="stretch"
          minWidth={0}
        >
          <History />
        </Grid.Item>
      )}
    </Grid.Root>
  );
}

function Start() {
  const navigate = useNavigate();
  const address = useRunsAddress();
  return <StartRun onStarted={(run) => navigate(`${address}/${run.id}`)} />;
}

function History() {
  const t = useT();
  const { skill } = useWorkspace();
  const address = useRunsAddress();
  const [{ query }] = useQueryParams<{ page?: string; pageSize?: string }>({ page: '1', pageSize: '10' });
  const { data, error, isLoading, refetch } = useListRunsQuery(
    { skill: skill.id, page: query.page, pageSize: query.pageSize, sort: 'createdAt:desc' },
    { pollingInterval: pollMs },
  );
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  return (
    <Box minWidth={0}>
      <RunTable
        runs={data?.data ?? []}
        isLoading={isLoading}
        withSkill={false}
        addressOf={({ id }) => `${address}/${id}`}
        emptyText={t('runs.none')}
      />
      <Pagination.Root {...data?.meta.pagination}>
        <Pagination.PageSize />
        <Pagination.Links />
      </Pagination.Root>
    </Box>
  );
}

function OneRun() {
  const t = useT();
  const navigate = useNavigate();
  const { runId = '' } = useParams();
  const { allowed, skill } = useWorkspace();
  const address = useRunsAddress();
  const runAgain = (run: Run) => navigate(address, { state: draftOf(run) });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box>
        <Button variant="ghost" size="S" startIcon={<ArrowLeft />} onClick={() => navigate(address)}>
          {t('runs.back')}
        </Button>
      </Box>
      <RunView
        key={runId}
        runId={runId}
        allowed={allowed}
        linkSkill={false}
        onRunAgain={allowed.startRuns && !skill.archived ? runAgain : undefined}
      />
    </Flex>
  );
}
