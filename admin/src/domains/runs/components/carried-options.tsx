import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { useT } from '../../../ui/use-t';
import type { Carried } from './run-draft';

interface CarriedOptionsProps {
  carried: Carried;
  onChange: (carried: Carried) => void;
}

/** What the new run has from the earlier one, each to be left out. Nothing where it has nothing. */
export function CarriedOptions({ carried, onChange }: CarriedOptionsProps) {
  const t = useT();
  const { formatNumber } = useIntl();
  const { skills, approval, budget } = carried;
  const cost = budget?.cost;
  const limits =
    budget &&
    t('run-form.carried-budget', {
      steps: budget.steps,
      tokens: budget.tokens,
      seconds: Math.round((budget.timeMs ?? 0) / 1000),
    });
  const kept = [
    { field: 'skills', label: t('run.skills'), value: skills?.join(', ') },
    { field: 'approval', label: t('run-form.carried-approval'), value: approval?.join(', ') },
    {
      field: 'budget',
      label: t('run-form.carried-budget-title'),
      value: cost ? `${limits}, ${t('run-form.carried-cost', { cost: formatNumber(cost) })}` : limits,
    },
  ] as const;
  const shown = kept.filter(({ value }) => value !== undefined);
  if (shown.length === 0) return null;
  return (
    <Flex tag="section" aria-label={t('run-form.carried')} direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {t('run-form.carried')}
      </Typography>
      {shown.map(({ field, label, value }) => (
        <Flex key={field} gap={2} justifyContent="space-between" data-carried={field}>
          <Typography variant="pi" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
            {label}: {value}
          </Typography>
          <IconButton
            size="S"
            variant="ghost"
            label={t('run-form.leave-out', { what: label })}
            onClick={() => onChange({ ...carried, [field]: undefined })}
          >
            <Cross />
          </IconButton>
        </Flex>
      ))}
    </Flex>
  );
}
