import type { ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import { TextLink } from '../../../ui/text-link';
import { RunDuration } from './figures/run-duration';
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
  const { formatNumber } = useIntl();
  const { skill, startedBy } = run;
  const modelled = run.execution !== 'sandbox' || run.model !== null;
  const ended = hasEnded(run.status);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Facts>
        {linkSkill && (
          <Fact label={t('run.skill')}>
            {skill ? (
              <TextLink to={`/plugins/skills/skills/${skill.id}/runs/${run.id}`}>{skill.name}</TextLink>
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
        {run.execution !== 'sandbox' && (
          <Fact label={t('run.execution')}>{t(`run.execution.${run.execution}`)}</Fact>
        )}
        {(run.execution === 'sandbox' || run.execution === 'agent') && (
          <Fact label={t('run.isolation')}>{run.isolation ?? t('run.not-yet')}</Fact>
        )}
        {run.connection && <Fact label={t('run.connection')}>{run.connection.name}</Fact>}
        {modelled && <Fact label={t('run.model')}>{run.model ?? t('run.not-yet')}</Fact>}
        <Fact label={t('run.created')}>
          <TimeAgo at={run.createdAt} />
        </Fact>
        <Fact label={t('run.duration')}>
          <RunDuration run={run} />
        </Fact>
        {run.inputTokens !== null && (
          <Fact label={t('run.tokens')}>
            {t('run.tokens-value', {
              input: formatNumber(run.inputTokens),
              output: formatNumber(run.outputTokens ?? 0),
            })}
          </Fact>
        )}
        {modelled && (
          <Fact label={t('run.cost')}>
            {ended || run.cost !== null ? <RunCost run={run} /> : t('run.not-yet')}
          </Fact>
        )}
        {run.toolCalls > 0 && <Fact label={t('run.tool-calls')}>{formatNumber(run.toolCalls)}</Fact>}
        {run.execution === 'agent' && <AgentFacts run={run} />}
      </Facts>
      <RunFailure run={run} />
    </Flex>
  );
}

/** What only an agent's run has: steps, further skills, what it waits for, and the runs around it. */
function AgentFacts({ run }: { run: Run }) {
  const t = useT();
  const { formatDate } = useIntl();
  return (
    <>
      <Fact label={t('run.steps')}>
        {run.budget ? t('run.steps-value', { count: run.steps, most: run.budget.steps }) : String(run.steps)}
      </Fact>
      {run.waiting && (
        <Fact label={t('run.waiting')}>
          {t(`trajectory.waits.${run.waiting.reason}`)}{' '}
          {t('trajectory.wait-until', {
            until: formatDate(run.waiting.until, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </Fact>
      )}
      {run.skills.length > 0 && (
        <Fact label={t('run.skills')}>
          {run.skills
            .map(({ alias, version, used }) =>
              t(used ? 'run.skills-used' : 'run.skills-unused', { alias, number: version.number }),
            )
            .join(', ')}
        </Fact>
      )}
      {run.parent && (
        <Fact label={t('run.parent')}>
          <TextLink to={`/plugins/skills/runs/${run.parent.runId}`}>{t('run.parent-open')}</TextLink>
        </Fact>
      )}
      {run.threadId !== null && run.skill && (
        <Fact label={t('run.thread')}>
          <TextLink to={`/plugins/skills/skills/${run.skill.id}/tester/${run.threadId}`}>
            {t('run.thread-open')}
          </TextLink>
        </Fact>
      )}
      {run.image !== null && (
        <Fact label={t('run.image')}>
          <span title={run.image}>SHA-256 {run.image.slice(0, 12)}…</span>
        </Fact>
      )}
    </>
  );
}
