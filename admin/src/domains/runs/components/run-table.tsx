import { Table } from '@strapi/strapi/admin';
import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { Clipped } from '../../../ui/clipped';
import { formatDuration } from '../../../ui/format';
import { RunStatusBadge } from '../../../ui/run-status';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';

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
  const { locale } = useIntl();
  const headers = [
    ...(withSkill ? [{ name: 'skill', label: t('run.skill'), sortable: false }] : []),
    { name: 'status', label: t('run.status'), sortable: withSkill },
    { name: 'version', label: t('run.version'), sortable: false },
    { name: 'startedBy', label: t('run.started-by'), sortable: false },
    { name: 'durationMs', label: t('run.duration'), sortable: withSkill },
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
              <Table.Cell>
                <Typography textColor="neutral800">
                  {t('version.number', { number: run.version.number })}
                </Typography>
              </Table.Cell>
              <Table.Cell>
                <Clipped maxWidth="16rem" textColor="neutral800">
                  {run.startedBy.name || t(`actor.${run.startedBy.type}`)}
                </Clipped>
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">
                  {run.durationMs === null ? '–' : formatDuration(run.durationMs, locale)}
                </Typography>
              </Table.Cell>
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
