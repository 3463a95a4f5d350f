import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { Clipped } from '../../../../ui/clipped';
import { Failed } from '../../../../ui/failed';
import { RunStatusBadge } from '../../../../ui/run-status';
import { useT } from '../../../../ui/use-t';
import { TextLink } from '../../../../ui/text-link';
import { useListRunChildrenQuery } from '../../api';
import { RunDuration } from '../figures/run-duration';
import { hasEnded } from '../run-state';

const pollMs = 3_000;

/** The runs that an agent has started, each with how it stands. Nothing where there are none. */
export function RunChildren({ run }: { run: Run }) {
  const t = useT();
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useListRunChildrenQuery(
    { id: run.id, page },
    { skip: run.execution !== 'agent', pollingInterval: hasEnded(run.status) ? 0 : pollMs },
  );
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  if (!data || data.meta.pagination.total === 0) return null;
  const { total, pageCount } = data.meta.pagination;
  return (
    <Box tag="section" aria-label={t('children.title')} minWidth={0}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {t('children.count', { count: total })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} paddingTop={2}>
        {data.data.map((child) => (
          <li key={child.id} data-child={child.id}>
            <Flex gap={3} wrap="wrap" minWidth={0}>
              <RunStatusBadge status={child.status} />
              <TextLink to={`/plugins/skills/runs/${child.id}`}>
                <Clipped textColor="primary600">{child.skill?.name ?? t('run.skill-gone')}</Clipped>
              </TextLink>
              {child.prompt && (
                <Clipped variant="pi" textColor="neutral600">
                  {child.prompt}
                </Clipped>
              )}
              <Typography variant="pi" textColor="neutral600">
                <RunDuration run={child} />
              </Typography>
            </Flex>
          </li>
        ))}
      </Flex>
      {pageCount > 1 && (
        <Flex gap={2} paddingTop={2}>
          <Button size="S" variant="tertiary" disabled={page === 1} onClick={() => setPage(page - 1)}>
            {t('children.previous')}
          </Button>
          <Button size="S" variant="tertiary" disabled={page >= pageCount} onClick={() => setPage(page + 1)}>
            {t('children.next')}
          </Button>
        </Flex>
      )}
    </Box>
  );
}
