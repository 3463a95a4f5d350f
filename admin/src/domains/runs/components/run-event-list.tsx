import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { VirtualLines } from '../../../ui/virtual-lines';

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
    width: 9rem;
    font-weight: 600;
  }
`;

/** A line's worth of an event; all of it stands in the trajectory that the API serves. */
const shownCharacters = 300;

function summaryOf({ payload: { type: _type, ...rest } }: RunEvent): string {
  const text = JSON.stringify(rest);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** The run's trajectory as it is stored: every event with its number. */
export function RunEventList({ events }: { events: readonly RunEvent[] }) {
  const t = useT();
  const { formatTime } = useIntl();
  if (events.length === 0) return <Typography textColor="neutral600">{t('events.none')}</Typography>;
  const line = (index: number) => {
    const event = events[index] as RunEvent;
    return (
      <Line key={event.seq}>
        <span style={{ width: '4.8rem', textAlign: 'right' }}>{event.seq}</span>
        <span>
          {formatTime(event.at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })}
        </span>
        <strong>{event.payload.type}</strong>
        <span>{summaryOf(event)}</span>
      </Line>
    );
  };
  return <VirtualLines count={events.length} renderLine={line} label={t('events.title')} followEnd />;
}
