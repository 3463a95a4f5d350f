import type { EventBus } from '../../../../platform/event-bus';
import type { SecretMask } from '../../../../platform/secret-mask';
import type { RunContext } from '../../../skills';
import type { ChildRuns } from '../../children/child-runs';
import type { RunsRepository } from '../../repository';
import type { Lease, RunTotals, RunWithFiles } from '../../run-record';
import { eventTopic } from '../../topics';
import type { AgentHost, AgentLimits, AgentSkill } from '../agent-host';
import type { SaveState } from './saved-state';
import { sumOfTotals } from '../../totals';

/** What every agent of this process shares. */
export interface AgentHosting {
  repository: Pick<RunsRepository, 'runs' | 'skills' | 'inbox' | 'children'>;
  bus: Pick<EventBus, 'publish'>;
  children: ChildRuns;
  limits: AgentLimits;
}

/** What one attempt at an agent's run lends to it. */
export interface HostedAttempt {
  run: RunWithFiles;
  lease: Lease;
  context: Omit<RunContext, 'agent'>;
  /** Of the run's own skill. */
  alias: string;
  skills: readonly AgentSkill[];
  /** What was saved before the run waited; undefined at its first start. */
  saved: unknown;
  save: SaveState;
  /** What models took for the run itself, before its waiting included. */
  totals(): RunTotals | undefined;
  /** Of the environment's secrets. */
  mask: SecretMask;
  tell: AgentHost['tell'];
  settled: AgentHost['settled'];
}

/** The loop's host over the tables. All that it writes, it writes under the run's lease. */
export async function createAgentHost(hosting: AgentHosting, attempt: HostedAttempt): Promise<AgentHost> {
  const { repository, bus, limits } = hosting;
  const { run, lease, context } = attempt;
  const hint = (seq: number | undefined): void => {
    if (seq !== undefined) bus.publish({ topic: eventTopic(run.id), seq });
  };
  let sandbox: ReturnType<RunContext['sandbox']> | undefined;
  let takenBelow = await repository.children.takenBelow(run.id);
  const countBelow = async (): Promise<void> => {
    takenBelow = await repository.children.takenBelow(run.id);
  };
  const totals = (): RunTotals | undefined => sumOfTotals(attempt.totals(), takenBelow);
  const family = hosting.children.of({ run, signal: context.signal, emit: context.emit, totals, countBelow });
  return {
    ...context,
    alias: attempt.alias,
    settings: settingsOf(run),
    limits,
    skills: attempt.skills,
    saved: attempt.saved,
    totals,
    tell: (event) => attempt.tell(event),
    settled: () => attempt.settled(),
    mask: (text) => attempt.mask.text(text),
    sandbox: (request) => (sandbox ??= context.sandbox(request)),
    recordStep: (step) => repository.runs.setSteps(lease, step),
    recordUse: (alias) => repository.skills.markUsed(run.id, alias),

    async takeMessages() {
      // Asked before anything is waited for: mostly there are none, and the next request to the model waits for this.
      if (!(await repository.inbox.hasMessages(run.id))) return [];
      // Text that was accepted before belongs before the words that come now.
      await attempt.settled();
      const { messages, seq } = await repository.inbox.takeMessages(lease, attempt.mask);
      hint(seq);
      return messages;
    },

    async requestApprovals(calls) {
      await attempt.settled();
      // People see what they decide about; what is executed is the call as it stands in what the run saves.
      const shown = calls.map((call) => ({ ...call, input: attempt.mask.value(call.input) }));
      hint(await repository.inbox.requestApprovals(lease, shown));
    },

    decisions: () => repository.inbox.decisions(run.id),
    startChild: (request) => family.start(request),
    childRest: (runId) => family.rest(runId),
    save: async (state) => attempt.save(state, await sandbox),
  };
}

/** A run that was told nothing has no limits but the server's, which it was given when it started. */
function settingsOf({ settings }: RunWithFiles): AgentHost['settings'] {
  if (settings) return settings;
  throw new Error('This run was started without the settings of an agent.');
}
