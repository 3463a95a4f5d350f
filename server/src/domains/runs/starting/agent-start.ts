import type { RunBudget, RunExecution } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import { serverViewer, type SkillViewer } from '../../skills';
import type { VersionsService } from '../../versions';
import type { AgentSettings } from '../run-record';
import { resolveFurtherSkills, type FurtherSkill, type FurtherSkillsOptions } from './further-skills';
import type { StartRequest } from './start-request';

export interface AgentStartOptions extends FurtherSkillsOptions {
  versions: Pick<VersionsService, 'get' | 'find'>;
  /** What agents' runs may take at most. */
  budget: RunBudget;
}

/** What a run is stored with because it is, or is not, an agent's. */
export interface AgentStart {
  viewer: SkillViewer | null;
  settings: AgentSettings | null;
  skills: readonly FurtherSkill[];
}

/**
 * What an agent is told at its start. Rejects with 400 `skills-unused`, `budget-unused` or `approval-unused` when the run is no agent's,
 * and with what is wrong with a further skill, at `skills.N`. What a run is started by may refuse it.
 */
export async function agentStartOf(
  options: AgentStartOptions,
  request: StartRequest,
  execution: RunExecution,
): Promise<AgentStart> {
  request.parent?.admit(execution);
  if (execution !== 'agent') {
    assertUnused(request);
    return { viewer: null, settings: null, skills: [] };
  }
  const { parent, viewer = serverViewer } = request;
  const asked = parent?.budget ?? request.budget ?? {};
  return {
    viewer,
    settings: {
      budget: smallest(options.budget, asked),
      approval: parent?.approval ?? request.approval ?? [],
    },
    skills: parent
      ? await handedDown(options, parent.skills)
      : await resolveFurtherSkills(options, { names: request.skills ?? [], viewer, ownId: request.skill.id }),
  };
}

/** A child has what its parent had, in the same versions; a skill that was purged since is gone for both. */
async function handedDown(
  { versions }: AgentStartOptions,
  skills: NonNullable<StartRequest['parent']>['skills'],
): Promise<FurtherSkill[]> {
  const found = await Promise.all(
    skills.map(async ({ id, alias, version: fixed }) => {
      const version = await versions.find(fixed.id);
      return version && { skillId: id, alias, version };
    }),
  );
  return found.filter((skill) => skill !== undefined);
}

function smallest(limits: RunBudget, asked: Partial<RunBudget>): RunBudget {
  const least = (limit: number, wanted: number | undefined) => Math.min(limit, wanted ?? limit);
  const costs = [limits.cost, asked.cost].filter((cost) => typeof cost === 'number');
  return {
    steps: least(limits.steps, asked.steps),
    tokens: least(limits.tokens, asked.tokens),
    timeMs: least(limits.timeMs, asked.timeMs),
    cost: costs.length === 0 ? null : Math.min(...costs),
  };
}

/** What only agents' runs take, in words. */
const agentsOnly = { skills: 'further skills', budget: 'a budget', approval: 'approvals' } as const;

function assertUnused({ skills, budget, approval }: StartRequest): void {
  const given = {
    skills: (skills?.length ?? 0) > 0,
    budget: Object.values(budget ?? {}).some((limit) => limit !== undefined && limit !== null),
    approval: (approval?.length ?? 0) > 0,
  };
  for (const field of ['skills', 'budget', 'approval'] as const) {
    if (!given[field]) continue;
    const message = `Only the run of an agent has ${agentsOnly[field]}, and this run is none: leave it out.`;
    throw new InvalidError(message, { code: `${field}-unused`, path: [field] });
  }
}
