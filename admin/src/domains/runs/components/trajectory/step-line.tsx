import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { formatDuration } from '../../../../ui/format';
import { useT } from '../../../../ui/use-t';
import { Figure } from './figure';
import type { StepMeasures } from './trajectory-measures';

const Rule = styled.span`
  flex: 1;
  min-width: 1.2rem;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral200};
`;

/** Where a step begins, and what it took: its figures stand below one another from step to step. */
export function StepLine({ step, measures = {} }: { step: number; measures?: StepMeasures }) {
  const t = useT();
  const { locale, formatNumber } = useIntl();
  const { ms, inputTokens, outputTokens } = measures;
  return (
    <Flex gap={2} wrap="wrap" justifyContent="flex-end" minWidth={0} paddingRight={3} data-step={step}>
      <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
        {t('trajectory.step', { number: step })}
      </Typography>
      <Rule aria-hidden />
      {inputTokens !== undefined && (
        <Figure width="7.2rem">{t('trajectory.tokens-in', { count: formatNumber(inputTokens) })}</Figure>
      )}
      {outputTokens !== undefined && (
        <Figure width="6.8rem">{t('trajectory.tokens-out', { count: formatNumber(outputTokens) })}</Figure>
      )}
      {ms !== undefined && <Figure width="5.6rem">{formatDuration(ms, locale)}</Figure>}
    </Flex>
  );
}
