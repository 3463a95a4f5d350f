import { hasEnded, type RunWithFiles } from '../../server/src/domains/runs/run-record';
import type { RunOutcome, SkillRecord } from '../../server/src/domains/skills';
import type { Executor } from '../../server/src/domains/skills/kinds/kind';
import type { AgentHost } from '../../server/src/domains/runs/agent/agent-host';
import { eventually, openRuns, versionOf, type RunsUnderTest, type RunsUnderTestOptions } from './runs';
import { scriptedConnection } from './scripted-connection';

/** What works in the loop's place. */
export type Agent = (host: AgentHost) => Promise<RunOutcome>;

/** Waits for what was asked for, in the words of the loop. */
export const waitFor = (reason: 'approval' | 'child-runs', timeoutMs = 60_000): RunOutcome => ({
  status: 'waiting',
  reason,
  timeoutMs,
});

export const completed = (output: unknown = null): RunOutcome => ({ status: 'completed', output });

/** The runs domain with agents whose loop the test writes, over a connection that nobody asks. */
export function openAgentRuns(
  agent: Agent,
  options: Omit<RunsUnderTestOptions, 'executor' | 'agent'> & { executor?: Executor },
): RunsUnderTest {
  const task = {
    prompt: 'Do it.',
    instructions: '',
    instructionsPath: 'SKILL.md',
    allowedTools: [],
    network: false,
  };
  const { connections } = scriptedConnection(() => [], { defaultModel: 'model-1' });
  return openRuns({
    connections,
    target: () => ({ execution: 'agent', connectionId: 'connection-1', model: null }),
    executor: { execute: (context) => context.agent(task) },
    agent,
    ...options,
  });
}

/** Gives the runs a further skill of this alias, whose id and version are named after it. */
export function addSkill({ skills, versions }: RunsUnderTest, alias: string): SkillRecord {
  const version = versionOf({ id: `version-${alias}`, skillId: `skill-${alias}` });
  const current = { id: version.id, number: 1, label: null, digest: version.digest };
  const skill = {
    id: `skill-${alias}`,
    alias,
    name: alias,
    kind: 'fake',
    archived: false,
    current,
  } as SkillRecord;
  versions.set(version.id, version);
  skills.set(skill.id, skill);
  skills.set(alias, skill);
  return skill;
}

/** Resolves with the run as soon as it is in one of these states. */
export function until(
  { runs }: RunsUnderTest,
  id: string,
  ...states: RunWithFiles['status'][]
): Promise<RunWithFiles> {
  return eventually(async () => {
    const run = await runs.get(id);
    return states.includes(run.status) && run;
  });
}

export function ended({ runs }: RunsUnderTest, id: string): Promise<RunWithFiles> {
  return eventually(async () => {
    const run = await runs.get(id);
    return hasEnded(run.status) && run;
  });
}

/** The payloads of a run's events, which must be numbered without a gap. */
export async function trajectory({ runs }: RunsUnderTest, id: string) {
  const { events } = await runs.events(id, 0, 1000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  return events.map(({ payload }) => payload);
}

/** The types of a run's events. */
export async function eventTypes(under: RunsUnderTest, id: string): Promise<string[]> {
  return (await trajectory(under, id)).map(({ type }) => type);
}
