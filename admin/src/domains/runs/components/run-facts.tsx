import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { formatDuration } from '../../../ui/format';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import { RunCost } from './run-cost';
import { RunFailure } from './run-failure';
import { hasEnded } from './run-state';

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: 1.6rem;
  margin: 0;
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Typography tag="dt" variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      <Typography tag="dd" textColor="neutral800">
        {children}
      </Typography>
    </div>
  );
}

/** Who started the run, from where, where and with which model it works, and what it took. */
export function RunFacts({ run, linkSkill }: { run: Run; linkSkill: boolean }) {
  const t = useT();
  const { locale, formatNumber } = useIntl();
  const { skill, startedBy } = run;
  const modelled = run.execution !== 'sandbox' || run.model !== null;
  const ended = hasEnded(run.status);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Facts>
        {linkSkill && (
          <Fact label={t('run.skill')}>
            {skill ? (
              <Link to={`/plugins/skills/skills/${skill.id}/runs/${run.id}`}>{skill.name}</Link>
            ) : (
              t('run.skill-gone')
            )}
          </Fact>
        )}
        <Fact label={t('run.version')}>{t('version.number', { number: run.version.number })}</Fact>
        <Fact label={t('run.started-by')}>
          {startedBy.name || t(`actor.${startedBy.type}`)} ({t(`actor.${startedBy.type}`)})
        </Fact>
        <Fact label={t('run.origin')}>{t(`run.origin.${run.origin}`)}</Fact>
        {run.execution === 'sandbox' ? (
          <Fact label={t('run.isolation')}>{run.isolation ?? t('run.not-yet')}</Fact>
        ) : (
          <Fact label={t('run.execution')}>{t(`run.execution.${run.execution}`)}</Fact>
        )}
        {run.connection && <Fact label={t('run.connection')}>{run.connection.name}</Fact>}
        {modelled && <Fact label={t('run.model')}>{run.model ?? t('run.not-yet')}</Fact>}
        <Fact label={t('run.created')}>
          <TimeAgo at={run.createdAt} />
        </Fact>
        <Fact label={t('run.duration')}>
          {run.durationMs === null ? t('run.not-yet') : formatDuration(run.durationMs, locale)}
        </Fact>
        {run.inputTokens !== null && (
          <Fact label={t('run.tokens')}>
            {t('run.tokens-value', {
              input: formatNumber(run.inputTokens),
              output: formatNumber(run.outputTokens ?? 0),
            })}
          </Fact>
        )}
        {modelled && <Fact label={t('run.cost')}>{ended ? <RunCost run={run} /> : t('run.not-yet')}</Fact>}
        {run.toolCalls > 0 && <Fact label={t('run.tool-calls')}>{formatNumber(run.toolCalls)}</Fact>}
      </Facts>
      <RunFailure run={run} />
    </Flex>
  );
}
