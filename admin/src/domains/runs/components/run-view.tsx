import { useState, type ReactNode } from 'react';
import { Box, Button, Flex, Tabs, Typography } from '@strapi/design-system';
import { ArrowClockwise, Stop } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import type { Allowed } from '../../../http/permissions';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { RunStatusBadge } from '../../../ui/run-status';
import { JsonBlock, TextBlock } from '../../../ui/text-block';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useCancelRunMutation, useGetRunQuery } from '../api';
import { hasAnswer } from './answer-model';
import { AnswerView } from './answer-view';
import { RunEventList } from './run-event-list';
import { RunFacts } from './run-facts';
import { RunFiles } from './run-files';
import { RunLog } from './run-log';
import { hasEnded } from './run-state';
import { useRunEvents } from './use-run-events';

/** Beside the stream, in case that this server hears nothing of a run on another one. */
const pollMs = 3000;

interface RunViewProps {
  runId: string;
  allowed: Allowed;
  /** Whether the skill is named, with a link: where the run does not stand in its skill's workspace. */
  linkSkill: boolean;
  /** Begins another run with this one's input. */
  onRunAgain?: (run: Run) => void;
}

/** A run, live: what it is, a model's answer, its log, events, output, artifacts and input. */
export function RunView({ runId, allowed, linkSkill, onRunAgain }: RunViewProps) {
  const t = useT();
  const [ended, setEnded] = useState(false);
  const [part, setPart] = useState<string>();
  const { data: run, error, refetch } = useGetRunQuery(runId, { pollingInterval: ended ? 0 : pollMs });
  const events = useRunEvents(runId, () => void refetch());
  if (run && hasEnded(run.status) !== ended) setEnded(hasEnded(run.status));

  if (error && !run)
    return <Failed error={error} onRetry={toFailure(error).status === 404 ? undefined : refetch} />;
  if (!run) return <Loading />;
  const answered = run.execution !== 'sandbox' || hasAnswer(events.answer);
  const output = run.output !== null && run.output !== undefined;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel
        actions={
          <>
            <Flex gap={3}>
              <RunStatusBadge status={run.status} />
              <Typography
                variant="pi"
                textColor="neutral600"
                title={run.id}
                style={{ overflowWrap: 'anywhere' }}
              >
                {run.id}
              </Typography>
            </Flex>
            <Flex gap={2}>
              {!hasEnded(run.status) && allowed.cancelRuns && <CancelButton runId={runId} />}
              {hasEnded(run.status) && onRunAgain && (
                <Button
                  size="S"
                  variant="secondary"
                  startIcon={<ArrowClockwise />}
                  onClick={() => onRunAgain(run)}
                >
                  {t('run.again')}
                </Button>
              )}
            </Flex>
          </>
        }
      >
        <RunFacts run={run} linkSkill={linkSkill} />
      </Panel>
      <Panel>
        <Tabs.Root
          variant="simple"
          value={part ?? (answered ? 'answer' : 'log')}
          onValueChange={(value) => setPart(value)}
        >
          <Box overflow="auto hidden" paddingBottom={1}>
            <Tabs.List aria-label={t('run.parts')}>
              {answered && <Tabs.Trigger value="answer">{t('answer.title')}</Tabs.Trigger>}
              <Tabs.Trigger value="log">{t('log.title')}</Tabs.Trigger>
              <Tabs.Trigger value="output">{t('run.output')}</Tabs.Trigger>
              <Tabs.Trigger value="artifacts">
                {t('artifacts.title', { count: run.artifacts.length })}
              </Tabs.Trigger>
              <Tabs.Trigger value="input">{t('run.input')}</Tabs.Trigger>
              <Tabs.Trigger value="events">{t('events.title')}</Tabs.Trigger>
            </Tabs.List>
          </Box>
          {answered && (
            <Part value="answer">
              <AnswerView run={run} events={events} />
            </Part>
          )}
          <Part value="log">
            <RunLog runId={runId} events={events} />
          </Part>
          <Part value="output">
            {output ? (
              <JsonBlock value={run.output} label={t('run.output')} />
            ) : (
              <Typography textColor="neutral600">
                {t(hasEnded(run.status) ? 'run.no-output' : 'run.not-yet')}
              </Typography>
            )}
          </Part>
          <Part value="artifacts">
            <RunFiles key={run.artifacts.length} runId={runId} place="artifacts" files={run.artifacts} />
          </Part>
          <Part value="input">
            <Flex direction="column" alignItems="stretch" gap={4}>
              {run.prompt !== null && <TextBlock text={run.prompt} label={t('run.prompt')} />}
              <JsonBlock value={run.input} label={t('run.input')} />
              {run.inputFiles.length > 0 && (
                <RunFiles runId={runId} place="input-files" files={run.inputFiles} />
              )}
            </Flex>
          </Part>
          <Part value="events">
            <RunEventList events={events.events} />
          </Part>
        </Tabs.Root>
      </Panel>
    </Flex>
  );
}

function Part({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Content value={value}>
      <Box paddingTop={4}>{children}</Box>
    </Tabs.Content>
  );
}

function CancelButton({ runId }: { runId: string }) {
  const t = useT();
  const notify = useNotify();
  const [cancel, { isLoading }] = useCancelRunMutation();
  const press = async () => {
    const result = await cancel(runId);
    if ('error' in result) notify.failure(result.error);
  };
  return (
    <Button size="S" variant="danger-light" startIcon={<Stop />} loading={isLoading} onClick={press}>
      {t('run.cancel')}
    </Button>
  );
}
