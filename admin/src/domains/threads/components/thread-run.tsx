import { useEffect, useRef } from 'react';
import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, ExternalLink } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { Run, RunSummary } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import {
  CancelButton,
  hasEnded,
  RunApprovals,
  RunFailure,
  RunMessages,
  RunTrajectory,
  useGetRunQuery,
  WaitingChildren,
} from '../../runs';
import { useWorkspace } from '../../skills';
import { RunLine } from './run-line';
import { threadNameFrom } from './thread-name';

/** Beside the stream, in case that this server hears nothing of a run on another one. */
const pollMs = 3_000;

interface ThreadRunProps {
  summary: RunSummary;
  allowed: Allowed;
  /** The run is not what the list says of it any more. */
  onChange: () => void;
  onRunAgain?: (run: Run) => void;
  /** It can be stopped where one writes to it. */
  stoppedBelow: boolean;
}

/** A run in its thread: what was asked, what the model does and answers, and what that took. */
export function ThreadRun({ summary, allowed, onChange, ...acts }: ThreadRunProps) {
  const { data, error, refetch } = useGetRunQuery(summary.id, {
    pollingInterval: hasEnded(summary.status) ? 0 : pollMs,
  });
  const status = data?.status;
  const listed = useRef(summary.status);
  listed.current = summary.status;
  const changed = useRef(onChange);
  changed.current = onChange;
  useEffect(() => {
    if (status !== undefined && status !== listed.current) changed.current();
  }, [status]);

  return (
    <Box
      tag="article"
      data-run={summary.id}
      minWidth={0}
      aria-label={threadNameFrom(summary.prompt ?? '') || summary.id}
    >
      <Prompt run={summary} />
      <Box background="neutral0" hasRadius shadow="tableShadow" padding={4} marginTop={3} minWidth={0}>
        {data ? (
          <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
            <RunTrajectory run={data} allowed={allowed} compact />
            <RunApprovals run={data} allowed={allowed} />
            <WaitingChildren run={data} allowed={allowed} />
            <RunMessages run={data} />
            <RunFailure run={data} />
            <Changes run={data} />
            <Flex justifyContent="space-between" gap={3} wrap="wrap">
              <RunLine run={data} />
              <Actions run={data} allowed={allowed} {...acts} />
            </Flex>
          </Flex>
        ) : error ? (
          <Failed error={error} onRetry={refetch} />
        ) : (
          <Loading />
        )}
      </Box>
    </Box>
  );
}

/** That the agent has changed the skill's files, and where that is decided on. */
function Changes({ run }: { run: Run }) {
  const t = useT();
  const { skill } = useWorkspace();
  if (!run.changes || !hasEnded(run.status)) return null;
  const { count, decision } = run.changes;
  return (
    <Typography textColor="neutral600">
      {t('tester.changes', { count })}{' '}
      <Link to={`/plugins/skills/skills/${skill.id}/runs/${run.id}`} style={{ textDecoration: 'none' }}>
        <Typography textColor="primary600">
          {t(decision === null ? 'tester.changes-decide' : 'tester.changes-see')}
        </Typography>
      </Link>
    </Typography>
  );
}

/** What the run was asked, and by whom. */
function Prompt({ run }: { run: RunSummary }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} paddingLeft={{ initial: 4, medium: 10 }}>
      <Typography variant="pi" textColor="neutral600">
        {run.startedBy.name || t(`actor.${run.startedBy.type}`)} · <TimeAgo at={run.createdAt} />
      </Typography>
      <Box
        background="primary100"
        hasRadius
        paddingTop={3}
        paddingBottom={3}
        paddingLeft={4}
        paddingRight={4}
      >
        <Typography
          tag="p"
          textColor="neutral800"
          data-prompt
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '32rem', overflow: 'auto' }}
        >
          {run.prompt ?? t('tester.no-prompt')}
        </Typography>
      </Box>
    </Flex>
  );
}

type ActionsProps = Pick<ThreadRunProps, 'allowed' | 'onRunAgain' | 'stoppedBelow'> & { run: Run };

function Actions({ run, allowed, onRunAgain, stoppedBelow }: ActionsProps) {
  const t = useT();
  const { skill } = useWorkspace();
  return (
    <Flex gap={2} wrap="wrap">
      {!hasEnded(run.status) && allowed.cancelRuns && !stoppedBelow && <CancelButton runId={run.id} />}
      {hasEnded(run.status) && onRunAgain && (
        <Button size="S" variant="tertiary" startIcon={<ArrowClockwise />} onClick={() => onRunAgain(run)}>
          {t('run.again')}
        </Button>
      )}
      <LinkButton
        tag={Link}
        size="S"
        variant="ghost"
        to={`/plugins/skills/skills/${skill.id}/runs/${run.id}`}
        endIcon={<ExternalLink />}
      >
        {t('tester.open-run')}
      </LinkButton>
    </Flex>
  );
}
