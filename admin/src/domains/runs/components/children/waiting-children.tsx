import { useRef } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { Failed } from '../../../../ui/failed';
import { RunStatusBadge } from '../../../../ui/run-status';
import { TextLink } from '../../../../ui/text-link';
import { useT } from '../../../../ui/use-t';
import { useListWaitingChildrenQuery } from '../../api';
import { RunApprovals } from '../approvals/run-approvals';
import { hasEnded, livePoll } from '../run-state';

interface WaitingChildrenProps {
  run: Pick<RunSummary, 'id' | 'status' | 'execution'>;
  allowed: Allowed;
}

/**
 * The runs that an agent has started and that wait, and those that wait below them: each with a link, and with what a person has to
 * decide in it. The run above goes on only when they do. Nothing where none waits.
 */
export function WaitingChildren({ run, allowed }: WaitingChildrenProps) {
  const t = useT();
  const section = useRef<HTMLElement>(null);
  const shown = useRef(false);
  const skip = run.execution !== 'agent' || hasEnded(run.status) || !allowed.readRuns;
  const pollingInterval = livePoll(run.status);
  const { data, error, refetch } = useListWaitingChildrenQuery(run.id, { skip, pollingInterval });
  if (data && data.data.length > 0) shown.current = true;
  if (skip) return null;
  // Without them nobody could tell what the run waits for.
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  if (!data || !shown.current) return null;
  return (
    // Once it was there it stays when the last one goes on: it has the focus then.
    <Flex
      ref={section}
      tag="section"
      aria-label={t('children.waiting')}
      tabIndex={-1}
      direction="column"
      alignItems="stretch"
      gap={4}
      minWidth={0}
    >
      {data.data.map((child) => (
        <Box key={child.id} data-waiting-child={child.id} minWidth={0}>
          <Flex gap={3} wrap="wrap" minWidth={0} paddingBottom={2}>
            <RunStatusBadge status={child.status} />
            <TextLink to={`/plugins/skills/runs/${child.id}`}>
              {t('children.open', { alias: child.skill?.name ?? t('run.skill-gone') })}
            </TextLink>
            {child.waiting && (
              <Typography variant="pi" textColor="neutral600">
                {t(`trajectory.waits.${child.waiting.reason}`)}
              </Typography>
            )}
          </Flex>
          <RunApprovals run={child} allowed={allowed} focusAfter={section} />
          <WaitingChildren run={child} allowed={allowed} />
        </Box>
      ))}
    </Flex>
  );
}
