import { useIntl } from 'react-intl';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { formatDollars } from '../../../ui/dollars';

/** What a run has cost. A model without a price makes it unknown, which is not nothing; without a model there is no cost. */
export function RunCost({ run }: { run: Pick<RunSummary, 'cost' | 'model' | 'execution'> }) {
  const t = useT();
  const { locale } = useIntl();
  if (run.cost !== null) return <>{formatDollars(run.cost, locale)}</>;
  if (run.execution === 'sandbox' && run.model === null) return <>–</>;
  return <>{t('run.cost-unknown')}</>;
}
