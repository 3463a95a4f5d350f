import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { formatDuration } from '../../../ui/format';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';

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

/** Who started the run, from where, with what isolation, and what it took. */
export function RunFacts({ run, linkSkill }: { run: Run; linkSkill: boolean }) {
  const t = useT();
  const { locale, formatNumber } = useIntl();
  const { skill, startedBy } = run;
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
        <Fact label={t('run.isolation')}>{run.isolation ?? t('run.not-yet')}</Fact>
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
        {run.toolCalls > 0 && <Fact label={t('run.tool-calls')}>{formatNumber(run.toolCalls)}</Fact>}
      </Facts>
      {run.error && (
        <Box background="danger100" padding={4} hasRadius role="alert" data-error={run.error.code}>
          <Typography
            fontWeight="semiBold"
            textColor="danger700"
            tag="p"
            style={{ overflowWrap: 'anywhere' }}
          >
            {run.error.message}
          </Typography>
          <Typography variant="pi" textColor="neutral600">
            {run.error.code}
          </Typography>
        </Box>
      )}
    </Flex>
  );
}
