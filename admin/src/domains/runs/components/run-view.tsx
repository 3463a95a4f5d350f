import { useState, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import { Box, Flex, Tabs, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import type { Allowed } from '../../../http/permissions';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { RunStatusBadge } from '../../../ui/run-status';
import { JsonBlock, TextBlock } from '../../../ui/text-block';
import { useT } from '../../../ui/use-t';
import { useGetRunQuery } from '../api';
import { RunApprovals } from './approvals/run-approvals';
import { RunChanges } from './changes/run-changes';
import { useChangeChoice } from './changes/use-change-choice';
import { RunChildren } from './children/run-children';
import { WaitingChildren } from './children/waiting-children';
import { useRunEvents, type RunEvents } from './events/use-run-events';
import { RunMessages } from './messages/run-messages';
import { SteeringBox } from './messages/steering-box';
import { RunAnnouncement } from './run-announcement';
import { RunActions } from './run-actions';
import { RunEventList } from './run-event-list';
import { RunFacts } from './run-facts';
import { RunFiles } from './run-files';
import { RunLog } from './run-log';
import { hasEnded } from './run-state';
import { Trajectory } from './trajectory/run-trajectory';

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

/** A run, live: what it is, what its model says and does or its script prints, and what came of it. */
export function RunView({ runId, allowed, linkSkill, onRunAgain }: RunViewProps) {
  const [ended, setEnded] = useState(false);
  const { data: run, error, refetch } = useGetRunQuery(runId, { pollingInterval: ended ? 0 : pollMs });
  const events = useRunEvents(runId);
  if (run && hasEnded(run.status) !== ended) setEnded(hasEnded(run.status));

  if (error && !run)
    return <Failed error={error} onRetry={toFailure(error).status === 404 ? undefined : refetch} />;
  if (!run) return <Loading />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel
        actions={
          <>
            <Flex gap={3} wrap="wrap">
              <RunStatusBadge status={run.status} />
              <RunAnnouncement run={run} />
              <Typography
                variant="pi"
                textColor="neutral600"
                title={run.id}
                style={{ overflowWrap: 'anywhere' }}
              >
                {run.id}
              </Typography>
            </Flex>
            <RunActions run={run} allowed={allowed} onRunAgain={onRunAgain} />
          </>
        }
      >
        <RunFacts run={run} linkSkill={linkSkill} />
      </Panel>
      <RunApprovals run={run} allowed={allowed} />
      <WaitingChildren run={run} allowed={allowed} />
      <Panel>
        <RunParts run={run} events={events} allowed={allowed} />
      </Panel>
    </Flex>
  );
}

interface RunPartsProps {
  run: Run;
  events: RunEvents;
  allowed: Allowed;
}

/** The part that a reader wants first: what a model said and did, or what a script printed. */
const firstPart = { agent: 'trajectory', provider: 'answer', hosted: 'answer', sandbox: 'log' } as const;

function RunParts({ run, events, allowed }: RunPartsProps) {
  const t = useT();
  const first = firstPart[run.execution];
  const [part, setPart] = useState<string>();
  // A part that is not shown is not there: what a person has begun in it is held here.
  const [message, setMessage] = useState('');
  const choice = useChangeChoice();
  return (
    <Tabs.Root variant="simple" value={part ?? first} onValueChange={(value) => setPart(value)}>
      <Box overflow="auto hidden" paddingBottom={1}>
        <Tabs.List aria-label={t('run.parts')}>
          {first === 'trajectory' && <Tabs.Trigger value="trajectory">{t('trajectory.title')}</Tabs.Trigger>}
          {first === 'answer' && <Tabs.Trigger value="answer">{t('answer.title')}</Tabs.Trigger>}
          {first !== 'trajectory' && <Tabs.Trigger value="log">{t('log.title')}</Tabs.Trigger>}
          <Tabs.Trigger value="output">{t('run.output')}</Tabs.Trigger>
          {first === 'trajectory' && (
            <Tabs.Trigger value="changes">
              {t('changes.title', { count: run.changes?.count ?? 0 })}
            </Tabs.Trigger>
          )}
          <Tabs.Trigger value="artifacts">
            {t('artifacts.title', { count: run.artifacts.length })}
          </Tabs.Trigger>
          <Tabs.Trigger value="input">{t('run.input')}</Tabs.Trigger>
          <Tabs.Trigger value="events">{t('events.title')}</Tabs.Trigger>
        </Tabs.List>
      </Box>
      {first === 'trajectory' && (
        <Part value="trajectory">
          <AgentWork run={run} events={events} allowed={allowed} message={message} onMessage={setMessage} />
        </Part>
      )}
      {first === 'answer' && (
        <Part value="answer">
          <Trajectory run={run} events={events} allowed={allowed} label={t('answer.title')} />
        </Part>
      )}
      {first !== 'trajectory' && (
        <Part value="log">
          <RunLog runId={run.id} events={events} />
        </Part>
      )}
      <Part value="output">
        <Output run={run} />
      </Part>
      {first === 'trajectory' && (
        <Part value="changes">
          <RunChanges run={run} allowed={allowed} choice={choice} />
        </Part>
      )}
      <Part value="artifacts">
        <RunFiles runId={run.id} place="artifacts" files={run.artifacts} />
      </Part>
      <Part value="input">
        <Input run={run} />
      </Part>
      <Part value="events">
        <RunEventList events={events} />
      </Part>
    </Tabs.Root>
  );
}

function Part({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Content value={value}>
      <Box paddingTop={4}>{children}</Box>
    </Tabs.Content>
  );
}

interface AgentWorkProps extends RunPartsProps {
  message: string;
  onMessage: Dispatch<SetStateAction<string>>;
}

/** What an agent did, the runs that it started, and a way to have a word with it while it works. */
function AgentWork({ run, events, allowed, message, onMessage }: AgentWorkProps) {
  return (
    <Flex direction="column" alignItems="stretch" gap={5} minWidth={0}>
      <Trajectory run={run} events={events} allowed={allowed} />
      <RunMessages run={run} />
      <RunChildren run={run} />
      {allowed.steerRuns && <SteeringBox run={run} text={message} onText={onMessage} />}
    </Flex>
  );
}

function Output({ run }: { run: Run }) {
  const t = useT();
  if (run.output === null || run.output === undefined) {
    return (
      <Typography textColor="neutral600">
        {t(hasEnded(run.status) ? 'run.no-output' : 'run.not-yet')}
      </Typography>
    );
  }
  return <JsonBlock value={run.output} label={t('run.output')} />;
}

function Input({ run }: { run: Run }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {run.prompt !== null && <TextBlock text={run.prompt} label={t('run.prompt')} />}
      <JsonBlock value={run.input} label={t('run.input')} />
      {run.inputFiles.length > 0 && <RunFiles runId={run.id} place="input-files" files={run.inputFiles} />}
    </Flex>
  );
}
