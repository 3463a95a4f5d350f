import { useRef, type RefObject } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { Loading } from '../../../ui/loading';
import { useT } from '../../../ui/use-t';
import { useSendRunMessageMutation } from '../../runs';
import { useWorkspace } from '../../skills';
import { Composer } from './composer';
import { NoModel } from './no-model';
import { runRequest, wrongBudgets } from './run-options';
import { ThreadRunList } from './thread-runs';
import type { ComposerState } from './use-composer';
import { useFollowedEnd } from './use-followed-end';
import { useRunAgain } from './use-run-again';
import type { RunTarget } from './use-run-target';
import { useStartInThread } from './use-start-in-thread';
import { useThreadRuns, type ThreadRuns } from './use-thread-runs';

interface ConversationProps {
  /** Empty where none is open. */
  threadId: string;
  composer: ComposerState;
  target: RunTarget;
  /** Where to write, for who leads there. */
  field: RefObject<HTMLTextAreaElement>;
  /** A thread was made for a prompt. */
  onThread: (threadId: string) => void;
}

/** An open thread: its runs, and what is written next; without one, a prompt that makes one. */
export function Conversation(props: ConversationProps) {
  const { threadId, composer, field } = props;
  const { allowed, skill } = useWorkspace();
  const runs = useThreadRuns(threadId);
  const end = useRef<HTMLDivElement>(null);
  useFollowedEnd(end, runs.runs.at(-1)?.id);
  // While a run goes on, what is written is said to it: a prompt has no place there.
  const mayRunAgain = allowed.startRuns && !skill.archived && !runs.active;
  const { runAgain, dialog } = useRunAgain(composer, field);
  return (
    <div>
      <Flex direction="column" alignItems="stretch" gap={6} minWidth={0}>
        {threadId === '' ? (
          <Welcome />
        ) : (
          <ThreadRunList
            key={threadId}
            thread={runs}
            allowed={allowed}
            onRunAgain={mayRunAgain ? runAgain : undefined}
          />
        )}
        <Writing {...props} runs={runs} />
      </Flex>
      {mayRunAgain && dialog}
      <div ref={end} />
    </div>
  );
}

/** What the tester is for, before there is a thread. */
function Welcome() {
  const t = useT();
  return (
    <Flex direction="column" gap={2} padding={6}>
      <Typography variant="beta" tag="h2" textAlign="center">
        {t('tester.first')}
      </Typography>
      <Typography textColor="neutral600" textAlign="center">
        {t('tester.first-what')}
      </Typography>
    </Flex>
  );
}

interface WritingProps extends ConversationProps {
  runs: ThreadRuns;
}

/** The composer with what sending means: a message to the run that goes on, else a run of its own. */
function Writing({ composer, target, threadId, runs, field, onThread }: WritingProps) {
  const { skill, allowed } = useWorkspace();
  const { active } = runs;
  const obstacle = useObstacle(target, composer, active);
  const starting = useStartInThread(skill.id, threadId, (made) => {
    composer.moveTo(made);
    onThread(made);
  });
  const [say, saying] = useSendRunMessageMutation();
  if (!allowed.startRuns && !active) return null;
  if (target.isLoading) return <Loading />;
  if (target.none && !active) return <NoModel />;

  const send = async () => {
    const { draft, choice, options } = composer;
    const { text, files } = draft;
    if (active) {
      const result = await say({ id: active.id, text: text.trim() });
      if ('data' in result) composer.sent(threadId, { text, files: [] });
      // It may have ended meanwhile: what was written is the next prompt then.
      else runs.refetch();
      return;
    }
    const request = (thread: string) =>
      runRequest(text, { choice: target.bound ? { ...choice, connection: '' } : choice, options, thread });
    const run = await starting.start({ request, prompt: text, files });
    if (!run) return;
    composer.sent(run.threadId ?? threadId, draft);
    runs.add(run);
    runs.refetch();
  };
  const refused = saying.originalArgs?.id === active?.id ? saying.error : undefined;
  const failure = active ? refused && toFailure(refused) : starting.failure;
  return (
    <Composer
      composer={composer}
      target={target}
      active={active}
      obstacle={obstacle}
      busy={starting.busy || saying.isLoading}
      failure={failure}
      onSend={() => void send()}
      field={field}
    />
  );
}

/** Why nothing can be sent now, if so. */
function useObstacle(target: RunTarget, composer: ComposerState, active: RunSummary | undefined) {
  const t = useT();
  const { skill, allowed } = useWorkspace();
  if (active) {
    if (active.execution !== 'agent') return t('tester.not-steerable');
    return allowed.steerRuns ? undefined : t('tester.may-not-steer');
  }
  if (skill.archived) return t('tester.archived');
  if (target.obstacle !== undefined) return target.obstacle;
  // The server's default is only for who may not choose: where the choices could not be read, nothing was chosen yet.
  const unread = target.found.error !== undefined;
  const unchosen = target.connections.length > 0 && composer.choice.connection === '';
  if (!target.bound && (unread || unchosen)) return t('tester.choose-connection');
  return wrongBudgets(composer.options).length > 0 ? t('tester.budget-wrong') : undefined;
}
