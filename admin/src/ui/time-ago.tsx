import { useIntl } from 'react-intl';
import { timeAgo } from './format';

/** A moment as "5 minutes ago", with its date and time on hover and for screen readers. */
export function TimeAgo({ at }: { at: string }) {
  const { formatRelativeTime, formatDate, locale } = useIntl();
  const date = new Date(at);
  const { value, unit } = timeAgo(date.getTime(), Date.now());
  return (
    <time dateTime={at} title={formatDate(date, { dateStyle: 'medium', timeStyle: 'medium' })} lang={locale}>
      {formatRelativeTime(value, unit as Parameters<typeof formatRelativeTime>[1], { numeric: 'auto' })}
    </time>
  );
}
