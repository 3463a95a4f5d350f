import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowDown, ArrowUp } from '@strapi/icons';
import { toFailure } from '../../../../http/api-failure';
import { useT } from '../../../../ui/use-t';
import { VirtualFeed, type FeedHandle, type FeedRow } from '../../../../ui/virtual-feed';
import type { RunEvents } from './use-run-events';

interface EventFeedProps<Row extends FeedRow> {
  events: RunEvents;
  /** What the events are shown as. */
  rows: readonly Row[];
  renderRow: (row: Row, index: number) => ReactNode;
  estimate: (row: Row) => number;
  label: string;
  height: string;
  lines?: boolean;
}

/**
 * What a run's events are shown as, opened at the newest. What lies before or behind the part that is shown is read when the reader
 * comes near it; Home and End, and the buttons at the edges, go to the run's own start and end.
 */
export function EventFeed<Row extends FeedRow>({ events, rows, height, ...feed }: EventFeedProps<Row>) {
  const t = useT();
  const handle = useRef<FeedHandle>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [target, setTarget] = useState<'start' | 'end'>();
  const { before, behind, reading } = events;

  // A jump to what is not read yet ends when that is shown.
  useEffect(() => {
    if (target === undefined || reading !== undefined) return;
    if (target === 'start' && before === 0) handle.current?.scrollToStart();
    if (target === 'end' && behind === 0) handle.current?.scrollToEnd();
    setTarget(undefined);
  }, [target, reading, before, behind, rows]);

  const jump = (edge: 'start' | 'end') => {
    if (edge === 'start') events.jumpToStart();
    else events.jumpToEnd();
    setTarget(edge);
  };
  const onAtEnd = (value: boolean) => {
    setAtEnd(value);
    events.setFollowing(value);
  };
  return (
    <Box position="relative" minWidth={0}>
      {before > 0 && (
        <Flex justifyContent="space-between" gap={2} wrap="wrap" paddingBottom={2}>
          <Typography variant="pi" textColor="neutral600" role="status">
            {t(reading === 'earlier' ? 'feed.reading' : 'feed.earlier', { count: before })}
          </Typography>
          <Flex gap={2}>
            <Button size="S" variant="ghost" loading={reading === 'earlier'} onClick={events.readEarlier}>
              {t('feed.read-earlier')}
            </Button>
            <Button size="S" variant="ghost" startIcon={<ArrowUp />} onClick={() => jump('start')}>
              {t('feed.to-start')}
            </Button>
          </Flex>
        </Flex>
      )}
      <VirtualFeed
        {...feed}
        rows={rows}
        height={height}
        handle={handle}
        live={behind === 0}
        busy={reading !== undefined}
        onNearStart={before > 0 ? events.readEarlier : undefined}
        onNearEnd={behind > 0 ? events.readLater : undefined}
        onAtEnd={onAtEnd}
        onJump={jump}
      />
      {(behind > 0 || !atEnd) && (
        <Flex justifyContent="flex-end" gap={2} wrap="wrap" paddingTop={2}>
          {behind > 0 && (
            <Typography variant="pi" textColor="neutral600">
              {t('feed.behind', { count: behind })}
            </Typography>
          )}
          <Button size="S" variant="ghost" startIcon={<ArrowDown />} onClick={() => jump('end')}>
            {t('feed.to-end')}
          </Button>
        </Flex>
      )}
      {events.error !== undefined && events.state !== 'failed' && (
        <Typography variant="pi" textColor="danger600" role="alert" tag="p" paddingTop={2}>
          {toFailure(events.error).message}
        </Typography>
      )}
    </Box>
  );
}
