import { Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { Failed } from '../../../ui/failed';
import { saveBlob } from '../../../ui/save-blob';
import { useT } from '../../../ui/use-t';
import { VirtualLines } from '../../../ui/virtual-lines';
import { logText, type LogLevel, type LogLine } from './log-model';
import type { RunEvents } from './use-run-events';

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

interface RunLogProps {
  runId: string;
  events: RunEvents;
}

/** What the script printed and what the plugin says, with level and time, live. */
export function RunLog({ runId, events: { log, state, error, retry } }: RunLogProps) {
  const t = useT();
  const { formatTime } = useIntl();
  if (state === 'failed') return <Failed error={error} onRetry={retry} />;

  const timeOf = (at: string) =>
    formatTime(at, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hour12: false,
    });
  const line = (index: number) => {
    const { number, at, level, text } = log.lines[index] as LogLine;
    return (
      <Line key={number} $level={level} data-level={level}>
        <Faint $width="9.6rem">{timeOf(at)}</Faint>
        <Faint $width="4.8rem">{level}</Faint>
        <span>{text}</span>
      </Line>
    );
  };
  const dropped = log.total - log.lines.length;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Typography variant="pi" textColor="neutral600" role="status">
          {t(`log.state.${state}`)}
          {' · '}
          {t('log.lines', { count: log.total })}
          {dropped > 0 && ` · ${t('log.dropped', { count: dropped })}`}
        </Typography>
        <Button
          size="S"
          variant="tertiary"
          startIcon={<Download />}
          disabled={log.lines.length === 0}
          onClick={() => saveBlob(new Blob([logText(log.lines)], { type: 'text/plain' }), `run-${runId}.log`)}
        >
          {t('log.download')}
        </Button>
      </Flex>
      {log.lines.length === 0 ? (
        <Typography textColor="neutral600">{t(state === 'ended' ? 'log.nothing' : 'log.waiting')}</Typography>
      ) : (
        <VirtualLines count={log.lines.length} renderLine={line} label={t('log.title')} followEnd />
      )}
    </Flex>
  );
}
