import type { Run, RunCreate } from 'strapi-plugin-skills-shared/contracts';
import type { ModelChoice } from '../../connections';

/** What another run of the same skill begins with. */
export type RunDraft = Partial<Pick<Run, 'input' | 'prompt' | 'model' | 'execution' | 'connection'>> & {
  carried?: Carried;
};

/** What an agent's run was told beyond its prompt and model: most of it bounds what the agent may do. */
export type Carried = Pick<RunCreate, 'skills' | 'budget' | 'approval'>;

/** What a run says of itself that another one can begin with. */
export function draftOf({ input, prompt, model, execution, connection, ...run }: Run): RunDraft {
  const { skills, budget, approval } = run;
  const carried: Carried = {
    ...(skills.length > 0 && { skills: skills.map(({ alias }) => alias) }),
    ...(budget && { budget }),
    ...(approval.length > 0 && { approval }),
  };
  return { input, prompt, model, execution, connection, carried };
}

/** An agent's run as the server is asked for it. What is not chosen is left to the skill and the server. */
export function agentRequest(
  prompt: string,
  { connection, model }: ModelChoice,
  carried: Carried,
): RunCreate {
  return {
    prompt,
    execution: 'agent',
    ...(connection !== '' && { connection }),
    ...(model !== '' && { model }),
    ...carried,
  };
}
