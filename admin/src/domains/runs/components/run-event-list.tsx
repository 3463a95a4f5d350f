import { useMemo } from 'react';
import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { visibleText } from '../../../ui/plain-text';
import { useT } from '../../../ui/use-t';
import { EventFeed } from './events/event-feed';
import type { RunEvents } from './events/use-run-events';

const Line = styled.div`
  display: flex;
  gap: 1.2rem;
  height: 20px;
  padding: 0 1.2rem;
  white-space: pre;
  span:nth-child(-n + 2) {
    flex: none;
    color: ${({ theme }) => theme.colors.neutral500};
  }
  strong {
    flex: none;
    width: 12rem;
    font-weight: 600;
  }
`;

/** A line's worth of an event; all of it stands in the trajectory that the API serves. */
const shownCharacters = 300;

function summaryOf({ payload: { type: _type, ...rest } }: RunEvent): string {
  const text = JSON.stringify(rest);
  return visibleText(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text);
}

/** The run's trajectory as it is stored: every event with its number. */
export function RunEventList({ events }: { events: RunEvents }) {
  const t = useT();
  const { formatTime } = useIntl();
  const rows = useMemo(
    () => events.events.map((event) => ({ key: String(event.seq), event })),
    [events.events],
  );
  if (events.state === 'failed') return <Failed error={events.error} onRetry={events.retry} />;
  if (events.state === 'loading') return <Loading />;
  if (rows.length === 0)
    return (
      <Typography textColor="neutral600">
        {t(events.state === 'reconnecting' ? 'log.state.reconnecting' : 'events.none')}
      </Typography>
    );
  const line = ({ event }: { event: RunEvent }) => (
    <Line>
      <span style={{ width: '4.8rem', textAlign: 'right' }}>{event.seq}</span>
      <span>
        {formatTime(event.at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })}
      </span>
      <strong>{event.payload.type}</strong>
      <span>{summaryOf(event)}</span>
    </Line>
  );
  return (
    <EventFeed
      events={events}
      rows={rows}
      renderRow={line}
      estimate={() => 20}
      label={t('events.title')}
      height="48rem"
      lines
    />
  );
}
