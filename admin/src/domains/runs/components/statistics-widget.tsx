import { Widget } from '@strapi/strapi/admin';
import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { formatDuration } from '../../../ui/format';
import { useT } from '../../../ui/use-t';
import { useGetStatisticsQuery } from '../api';

const Grid = styled(Box)`
  display: grid;
  grid-template-columns: 1fr 1fr;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  overflow: hidden;
  height: 100%;
`;

const Cell = styled(Link)`
  padding: ${({ theme }) => theme.spaces[3]};
  text-decoration: none;
  border-right: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  &:nth-child(2n) {
    border-right: none;
  }
  &:nth-last-child(-n + 2) {
    border-bottom: none;
  }
  &:focus-visible {
    outline-offset: -2px;
  }
`;

/** The homepage's figures: skills, runs an hour, success rate and median duration. */
export function StatisticsWidget() {
  const t = useT();
  const { formatNumber, locale } = useIntl();
  const { data, isLoading } = useGetStatisticsQuery(undefined, { pollingInterval: 60_000 });
  if (isLoading) return <Widget.Loading />;
  if (!data) return <Widget.Error />;

  const none = t('widget.none');
  const figures = [
    {
      label: t('widget.skills'),
      value: formatNumber(data.skills),
      hint: t('widget.active', { count: data.activeSkills }),
      to: '/plugins/skills/skills',
    },
    {
      label: t('widget.runs-an-hour'),
      value: formatNumber(data.runsLastHour),
      hint: t('widget.last-day', { count: data.runsLastDay }),
      to: '/plugins/skills/runs',
    },
    {
      label: t('widget.success-rate'),
      value:
        data.successRate === null
          ? none
          : formatNumber(data.successRate, { style: 'percent', maximumFractionDigits: 1 }),
      hint: t('widget.over-last-day'),
      to: '/plugins/skills/runs',
    },
    {
      label: t('widget.median-duration'),
      value: data.medianDurationMs === null ? none : formatDuration(data.medianDurationMs, locale),
      hint: t('widget.over-last-day'),
      to: '/plugins/skills/runs',
    },
  ];
  return (
    <Grid>
      {figures.map(({ label, value, hint, to }) => (
        <Cell key={label} to={to}>
          <Flex direction="column" alignItems="flex-start" gap={1}>
            <Typography variant="pi" textColor="neutral600">
              {label}
            </Typography>
            <Typography variant="alpha" textColor="neutral800">
              {value}
            </Typography>
            <Typography variant="pi" textColor="neutral500">
              {hint}
            </Typography>
          </Flex>
        </Cell>
      ))}
    </Grid>
  );
}
