import { useIntl } from 'react-intl';
import { formatDuration } from '../../../../ui/format';
import { useT } from '../../../../ui/use-t';
import { isTicking, timeTaken, type Timed } from './time-taken';
import { useNow } from './use-now';

/** How long a run has taken, or takes until now. */
export function RunDuration({ run }: { run: Timed }) {
  const t = useT();
  const { locale } = useIntl();
  const taken = timeTaken(run, useNow(isTicking(run)));
  return <>{taken === undefined ? t('run.not-yet') : formatDuration(taken, locale)}</>;
}
