import { memo } from 'react';
import { Badge, Box, Flex, Loader, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { formatDuration } from '../../../../ui/format';
import { useT } from '../../../../ui/use-t';
import { ItemView } from './item-view';
import { summaryOf } from './tool-summary';
import type { TrajectoryMeasures } from './trajectory-measures';
import type { TrajectoryRow } from './trajectory-rows';

const Head = styled.button`
  display: flex;
  align-items: center;
  gap: 0.8rem;
  width: 100%;
  min-width: 0;
  padding: 0.6rem 0.4rem;
  border: 0;
  background: transparent;
  text-align: left;
  cursor: pointer;
  border-radius: ${({ theme }) => theme.borderRadius};
  svg {
    flex: none;
  }
  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

const Inside = styled.div`
  border-left: 2px solid ${({ theme }) => theme.colors.neutral200};
  margin-left: 1rem;
  padding-left: 1.2rem;
`;

interface RowViewProps {
  row: TrajectoryRow;
  run: Run;
  allowed: Allowed;
  measures: TrajectoryMeasures;
  /** Whether it is what the run is at. */
  active: boolean;
  onToggle: (section: { from: number; to: number }) => void;
}

/** A row of a trajectory: something said, a section of work, or what was done in one that is open. */
export const RowView = memo(function RowView({
  row,
  run,
  allowed,
  measures,
  active,
  onToggle,
}: RowViewProps) {
  if (row.kind === 'work') return <Work row={row} active={active} onToggle={onToggle} />;
  const item = <ItemView item={row.item} run={run} allowed={allowed} measures={measures} active={active} />;
  return (
    <Box paddingTop={row.inside ? 0 : 1} paddingBottom={row.inside ? 0 : 1} data-from={row.from}>
      {row.inside ? (
        <Inside>
          <Box paddingBottom={2}>{item}</Box>
        </Inside>
      ) : (
        item
      )}
    </Box>
  );
});

type WorkRow = Extract<TrajectoryRow, { kind: 'work' }>;

function Work({ row, active, onToggle }: { row: WorkRow } & Pick<RowViewProps, 'active' | 'onToggle'>) {
  const t = useT();
  const { locale } = useIntl();
  const { figures, open } = row;
  const Chevron = open ? ChevronDown : ChevronRight;
  const counts = [
    figures.toolCalls > 0 && t('trajectory.tool-calls', { count: figures.toolCalls }),
    figures.filesRead > 0 && t('trajectory.files-read', { count: figures.filesRead }),
    figures.skillsLoaded > 0 && t('trajectory.skills-loaded', { count: figures.skillsLoaded }),
    figures.children > 0 && t('trajectory.children', { count: figures.children }),
  ].filter((count) => count !== false);
  const title = t(active ? 'trajectory.working' : 'trajectory.worked');
  const { current } = figures;
  return (
    <Box data-from={row.from} data-work>
      <Head type="button" aria-expanded={open} onClick={() => onToggle({ from: row.from, to: row.to })}>
        <Chevron fill="neutral600" aria-hidden width="1.2rem" height="1.2rem" />
        <Box flex="1" minWidth={0}>
          <Typography textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
            {counts.length > 0 ? `${title}: ${counts.join(', ')}` : title}
            {!active && ` · ${formatDuration(figures.ms, locale)}`}
          </Typography>
          {active && current && (
            <Typography ellipsis display="block" variant="pi" textColor="neutral600">
              {[current.name, summaryOf(current)].filter(Boolean).join(' · ')}
            </Typography>
          )}
        </Box>
        <Flex gap={1} shrink={0}>
          {figures.undecided > 0 && (
            <Badge size="S" variant="warning">
              {t('trajectory.undecided', { count: figures.undecided })}
            </Badge>
          )}
          {figures.failed > 0 && (
            <Badge size="S" variant="danger">
              {t('trajectory.failed', { count: figures.failed })}
            </Badge>
          )}
          {active && figures.undecided === 0 && <Loader small>{title}</Loader>}
        </Flex>
      </Head>
    </Box>
  );
}
