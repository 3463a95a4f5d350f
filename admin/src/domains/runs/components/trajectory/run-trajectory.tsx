import { useCallback, useState } from 'react';
import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { Failed } from '../../../../ui/failed';
import { Loading } from '../../../../ui/loading';
import { useT } from '../../../../ui/use-t';
import { OpenedContext } from '../disclosure';
import { EventFeed } from '../events/event-feed';
import { useRunEvents, type RunEvents } from '../events/use-run-events';
import { hasEnded } from '../run-state';
import { CutNote } from './cut-note';
import { RowView } from './row-view';
import type { TrajectoryRow } from './trajectory-rows';
import { useTrajectory, useTrajectoryRows } from './use-trajectory';

interface RunTrajectoryProps {
  run: Run;
  allowed: Allowed;
  /** Lower, where several runs stand below one another. */
  compact?: boolean;
}

/** What a run's model says and does, live, with a stream of its own. */
export function RunTrajectory({ run, allowed, compact }: RunTrajectoryProps) {
  const events = useRunEvents(run.id);
  return <Trajectory key={run.id} run={run} allowed={allowed} events={events} compact={compact} />;
}

/** Rows are about as high as this until they are measured. */
function estimate(row: TrajectoryRow): number {
  if (row.kind === 'work') return 46;
  const { item } = row;
  if (item.kind === 'step') return 28;
  if (item.kind === 'text' && item.stream === 'answer') return 40 + Math.min(600, item.text.length / 4);
  return item.kind === 'message' ? 72 : 46;
}

interface TrajectoryProps extends RunTrajectoryProps {
  events: RunEvents;
  label?: string;
}

/**
 * What a run's model says and does: its words, and between them its work, folded to a line that opens to each tool call with its
 * result. Only agents' work folds; of a run at a provider all stands open. However long the run is, only what is in view is drawn.
 */
export function Trajectory({ run, allowed, events, compact = false, label }: TrajectoryProps) {
  const t = useT();
  const [opened] = useState(() => new Set<string>());
  const model = useTrajectory(events.events);
  const { rows, measures, toggle } = useTrajectoryRows(model, run.execution === 'agent');
  const running = !hasEnded(run.status);
  const last = rows.at(-1)?.key;
  const renderRow = useCallback(
    (row: TrajectoryRow) => (
      <RowView
        row={row}
        run={run}
        allowed={allowed}
        measures={measures}
        active={running && row.key === last}
        onToggle={toggle}
      />
    ),
    [run, allowed, measures, running, last, toggle],
  );

  if (events.state === 'failed') return <Failed error={events.error} onRetry={events.retry} />;
  if (events.state === 'loading') return <Loading />;
  return (
    <OpenedContext.Provider value={opened}>
      <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
        {rows.length > 0 && (
          <EventFeed
            events={events}
            rows={rows}
            renderRow={renderRow}
            estimate={estimate}
            label={label ?? t('trajectory.title')}
            height={compact ? 'min(64rem, 60vh)' : '75vh'}
          />
        )}
        {rows.length === 0 && !running && <Typography textColor="neutral600">{t('answer.none')}</Typography>}
        {running && <Progress run={run} events={events} />}
        {!running && (
          <Box>
            <CutNote run={run} />
          </Box>
        )}
      </Flex>
    </OpenedContext.Provider>
  );
}

/** That the run goes on, or what it waits for. */
function Progress({ run, events }: { run: Run; events: RunEvents }) {
  const t = useT();
  const text = (() => {
    if (events.state === 'reconnecting') return t('log.state.reconnecting');
    if (run.status === 'queued') return t('answer.queued');
    if (run.waiting) return t(`trajectory.waits.${run.waiting.reason}`);
    return t('answer.working');
  })();
  return (
    <Flex gap={2} role="status">
      {run.status !== 'waiting' && <Loader small>{text}</Loader>}
      <Typography variant="pi" textColor="neutral600">
        {text}
      </Typography>
    </Flex>
  );
}
