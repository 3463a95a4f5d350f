import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowUp } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { toFailure } from '../../../http/api-failure';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { useT } from '../../../ui/use-t';
import { ThreadRun } from './thread-run';
import type { ThreadRuns } from './use-thread-runs';

interface ThreadRunListProps {
  thread: ThreadRuns;
  allowed: Allowed;
  onRunAgain?: (run: Run) => void;
}

/** The runs of a thread from the oldest that is shown to the newest. */
export function ThreadRunList({ thread, allowed, onRunAgain }: ThreadRunListProps) {
  const t = useT();
  const { runs, earlier, isLoading, isLoadingEarlier, error, earlierError, refetch, showEarlier } = thread;
  if (error) return <Failed error={error} onRetry={refetch} />;
  if (isLoading) return <Loading />;
  return (
    <Flex direction="column" alignItems="stretch" gap={6} minWidth={0}>
      {earlier > 0 && (
        <Flex direction="column" gap={2}>
          <Button
            variant="tertiary"
            size="S"
            startIcon={<ArrowUp />}
            loading={isLoadingEarlier}
            onClick={showEarlier}
          >
            {t('tester.earlier', { count: earlier })}
          </Button>
          {earlierError !== undefined && (
            <Typography role="alert" textColor="danger600" style={{ overflowWrap: 'anywhere' }}>
              {toFailure(earlierError).message || t('common.failed')}
            </Typography>
          )}
        </Flex>
      )}
      {runs.length === 0 && (
        <Typography textColor="neutral600" textAlign="center" paddingTop={4} paddingBottom={4}>
          {t('tester.no-runs')}
        </Typography>
      )}
      {runs.map((run) => (
        <ThreadRun
          key={run.id}
          summary={run}
          allowed={allowed}
          onChange={refetch}
          onRunAgain={onRunAgain}
          stoppedBelow={run.id === thread.active?.id}
        />
      ))}
    </Flex>
  );
}
