import { useIntl } from 'react-intl';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { formatDuration } from '../../../../ui/format';
import { useT } from '../../../../ui/use-t';
import { useNow } from './use-now';

type Timed = Pick<RunSummary, 'durationMs' | 'startedAt' | 'status'>;

/** How long a run has taken, or takes until now. */
export function RunDuration({ run }: { run: Timed }) {
  const t = useT();
  const { locale } = useIntl();
  const ticking = run.status === 'running' && run.startedAt !== null && run.durationMs === null;
  const now = useNow(ticking);
  if (run.durationMs !== null) return <>{formatDuration(run.durationMs, locale)}</>;
  if (!ticking || run.startedAt === null) return <>{t('run.not-yet')}</>;
  // Whole seconds, so that the line does not change its length all the time; a clock that goes wrong shows no time below zero.
  const passed = Math.max(0, now - Date.parse(run.startedAt));
  return <>{formatDuration(Math.max(1000, Math.floor(passed / 1000) * 1000), locale)}</>;
}
