import { useMemo, useRef, useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';
import { Failed } from '../../../ui/failed';
import { plainText } from '../../../ui/plain-text';
import { saveBlob } from '../../../ui/save-blob';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { EventFeed } from './events/event-feed';
import { readEvents } from './events/run-event-port';
import type { RunEvents } from './events/use-run-events';
import {
  appendEvents,
  emptyLog,
  goOnReading,
  logText,
  type LogLevel,
  type LogLine,
  type LogModel,
} from './log-model';
import { keepKeys } from './trajectory/trajectory-rows';

const Line = styled.div<{ $level: LogLevel }>`
  display: flex;
  gap: 1.2rem;
  height: 20px;
  padding: 0 1.2rem;
  white-space: pre;
  color: ${({ theme, $level }) =>
    ({
      stdout: theme.colors.neutral800,
      stderr: theme.colors.danger600,
      debug: theme.colors.neutral500,
      info: theme.colors.primary600,
      warn: theme.colors.warning700,
      error: theme.colors.danger700,
    })[$level]};
`;

const Faint = styled.span<{ $width: string }>`
  flex: none;
  width: ${({ $width }) => $width};
  color: ${({ theme }) => theme.colors.neutral500};
  user-select: none;
`;

type Row = LogLine & { key: string };

/** The lines of the events that are shown. Only what came since the last time is read into them. */
function useLog(events: readonly RunEvent[]): { log: LogModel; rows: readonly Row[] } {
  const known = useRef({ events: [] as readonly RunEvent[], log: emptyLog });
  const kept = useRef({ first: undefined as Row | undefined, aliases: new Map<string, string>() });
  return useMemo(() => {
    if (known.current.events !== events) known.current = { events, log: goOnReading(known.current, events) };
    const { log } = known.current;
    const rows = keepKeys(
      log.lines.map((line): Row => ({ ...line, key: `${line.from}.${line.piece}` })),
      kept.current.first,
      kept.current.aliases,
    );
    kept.current.first = rows[0];
    return { log, rows };
  }, [events]);
}

interface RunLogProps {
  runId: string;
  events: RunEvents;
}

/** What the script printed and what the plugin says, with level and time, live. */
export function RunLog({ runId, events }: RunLogProps) {
  const t = useT();
  const { formatTime } = useIntl();
  const { log, rows } = useLog(events.events);
  const { state } = events;
  if (state === 'failed') return <Failed error={events.error} onRetry={events.retry} />;

  const timeOf = (at: string) =>
    formatTime(at, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hour12: false,
    });
  const line = ({ at, level, text }: Row) => (
    <Line $level={level} data-level={level}>
      <Faint $width="9.6rem">{timeOf(at)}</Faint>
      <Faint $width="4.8rem">{level}</Faint>
      <span>{plainText(text)}</span>
    </Line>
  );
  const shown = state === 'loading' ? 'following' : log.ended ? 'ended' : state;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Typography variant="pi" textColor="neutral600" role="status">
          {t(`log.state.${shown}`)}
          {' · '}
          {events.before + events.behind > 0
            ? t('log.lines-shown', { count: log.total })
            : t('log.lines', { count: log.total })}
        </Typography>
        <DownloadLog runId={runId} disabled={rows.length === 0} />
      </Flex>
      {rows.length === 0 ? (
        <Typography textColor="neutral600">{t(shown === 'ended' ? 'log.nothing' : 'log.waiting')}</Typography>
      ) : (
        <EventFeed
          events={events}
          rows={rows}
          renderRow={line}
          estimate={() => 20}
          label={t('log.title')}
          height="48rem"
          lines
        />
      )}
    </Flex>
  );
}

/** More events than these are not read for one download. */
const mostEvents = 500_000;
const pageSize = 1000;

/** The whole log as a file, however little of it is shown. */
function DownloadLog({ runId, disabled }: { runId: string; disabled: boolean }) {
  const t = useT();
  const notify = useNotify();
  const fetch = useAuthorizedFetch();
  const [reading, setReading] = useState(false);

  const download = async () => {
    setReading(true);
    try {
      // The last line may go on in the next page: it is written when that has been read.
      let log = emptyLog;
      const parts: string[] = [];
      for (let after = 0; after < mostEvents; after = log.lastSeq) {
        const { events } = await readEvents(fetch, runId, { after, limit: pageSize });
        if (events.length === 0) break;
        log = appendEvents(log, events, { lines: Infinity, lineLength: 1_000_000 });
        const finished = log.lines.length - 1 - Object.keys(log.open).length;
        if (finished > pageSize) {
          parts.push(logText(log.lines.slice(0, finished)));
          log = { ...log, lines: log.lines.slice(finished) };
        }
      }
      saveBlob(new Blob([...parts, logText(log.lines)], { type: 'text/plain' }), `run-${runId}.log`);
    } catch (error) {
      notify.failure(error);
    } finally {
      setReading(false);
    }
  };
  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Download />}
      loading={reading}
      disabled={disabled}
      onClick={download}
    >
      {t('log.download')}
    </Button>
  );
}
