import { Table } from '@strapi/strapi/admin';
import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { Clipped } from '../../../ui/clipped';
import { RunStatusBadge } from '../../../ui/run-status';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import { RunDuration } from './figures/run-duration';
import { RunCost } from './run-cost';
import { hasEnded } from './run-state';

interface RunTableProps {
  runs: RunSummary[];
  isLoading: boolean;
  /** Whether each run's skill is named: not where all are of one skill. */
  withSkill: boolean;
  addressOf: (run: RunSummary) => string;
  emptyText: string;
}

export function RunTable({ runs, isLoading, withSkill, addressOf, emptyText }: RunTableProps) {
  const t = useT();
  const navigate = useNavigate();
  // Columns that would be empty in every row only take room.
  const modelled = runs.some(({ model, execution }) => model !== null || execution !== 'sandbox');
  // Beside the form that starts a run there is no room for all of them: who and what version stand in the run itself.
  const roomy = withSkill || !modelled;
  const headers = [
    ...(withSkill ? [{ name: 'skill', label: t('run.skill'), sortable: false }] : []),
    { name: 'status', label: t('run.status'), sortable: withSkill },
    ...(roomy ? [{ name: 'version', label: t('run.version'), sortable: false }] : []),
    ...(modelled ? [{ name: 'model', label: t('run.model'), sortable: false }] : []),
    ...(roomy ? [{ name: 'startedBy', label: t('run.started-by'), sortable: false }] : []),
    { name: 'durationMs', label: t('run.duration'), sortable: withSkill },
    ...(modelled ? [{ name: 'cost', label: t('run.cost'), sortable: false }] : []),
    { name: 'createdAt', label: t('run.created'), sortable: withSkill },
  ];
  return (
    <Table.Root rows={runs} headers={headers} isLoading={isLoading}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={emptyText} />
        <Table.Loading>{t('common.loading')}</Table.Loading>
        <Table.Body>
          {runs.map((run) => (
            <Table.Row
              key={run.id}
              onClick={() => navigate(addressOf(run))}
              style={{ cursor: 'pointer' }}
              data-run={run.id}
            >
              {withSkill && (
                <Table.Cell>
                  <Clipped fontWeight="semiBold" textColor="neutral800">
                    {run.skill?.name ?? t('run.skill-gone')}
                  </Clipped>
                </Table.Cell>
              )}
              <Table.Cell>
                <RunStatusBadge status={run.status} />
              </Table.Cell>
              {roomy && (
                <Table.Cell>
                  <Typography textColor="neutral800">
                    {t('version.number', { number: run.version.number })}
                  </Typography>
                </Table.Cell>
              )}
              {modelled && (
                <Table.Cell>
                  <Model run={run} />
                </Table.Cell>
              )}
              {roomy && (
                <Table.Cell>
                  <Clipped maxWidth="16rem" textColor="neutral800">
                    {run.startedBy.name || t(`actor.${run.startedBy.type}`)}
                  </Clipped>
                  {run.parent && (
                    <Typography variant="pi" textColor="neutral600">
                      {t('runs.by-run')}
                    </Typography>
                  )}
                </Table.Cell>
              )}
              <Table.Cell>
                <Typography textColor="neutral800">
                  {run.startedAt === null ? '–' : <RunDuration run={run} />}
                </Typography>
              </Table.Cell>
              {modelled && (
                <Table.Cell>
                  <Taken run={run} />
                </Table.Cell>
              )}
              <Table.Cell onClick={(event) => event.stopPropagation()}>
                <Link to={addressOf(run)} style={{ textDecoration: 'none' }}>
                  <Typography textColor="primary600">
                    <TimeAgo at={run.createdAt} />
                  </Typography>
                </Link>
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
}

/** What a run has cost, over the tokens that it took. */
function Taken({ run }: { run: RunSummary }) {
  const t = useT();
  const { formatNumber } = useIntl();
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography textColor="neutral800">
        {hasEnded(run.status) || run.cost !== null ? <RunCost run={run} /> : '–'}
      </Typography>
      {run.inputTokens !== null && (
        <Typography variant="pi" textColor="neutral600">
          {t('runs.tokens', { count: formatNumber(run.inputTokens + (run.outputTokens ?? 0)) })}
        </Typography>
      )}
    </Flex>
  );
}

/** The model over its connection; a dash where no model worked. */
function Model({ run: { model, connection } }: { run: RunSummary }) {
  if (model === null && !connection) return <Typography textColor="neutral500">–</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start">
      {model !== null && (
        <Clipped maxWidth="18rem" textColor="neutral800">
          {model}
        </Clipped>
      )}
      {connection && (
        <Clipped maxWidth="18rem" variant="pi" textColor="neutral600">
          {connection.name}
        </Clipped>
      )}
    </Flex>
  );
}
