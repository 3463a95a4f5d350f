import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../../ui/use-t';
import { RunCost } from '../run-cost';
import { RunDuration } from './run-duration';

/** What a run has taken until now, in a line: tokens, cost, time, and steps out of its budget. */
export function RunFigures({ run }: { run: Run }) {
  const t = useT();
  const { formatNumber } = useIntl();
  const modelled = run.execution !== 'sandbox' || run.model !== null;
  return (
    <Flex gap={3} wrap="wrap" data-figures>
      {run.steps > 0 && (
        <Typography variant="pi" textColor="neutral600">
          {run.budget
            ? t('figures.steps-of', { count: run.steps, most: run.budget.steps })
            : t('figures.steps', { count: run.steps })}
        </Typography>
      )}
      {run.inputTokens !== null && (
        <Typography variant="pi" textColor="neutral600">
          {t('figures.tokens', {
            input: formatNumber(run.inputTokens),
            output: formatNumber(run.outputTokens ?? 0),
          })}
        </Typography>
      )}
      {modelled && (run.cost !== null || run.inputTokens !== null) && (
        <Typography variant="pi" textColor="neutral600">
          {t('run.cost')}: <RunCost run={run} />
        </Typography>
      )}
      <Typography variant="pi" textColor="neutral600">
        {t('run.duration')}: <RunDuration run={run} />
      </Typography>
    </Flex>
  );
}
