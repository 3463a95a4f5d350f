import type { Run } from 'strapi-plugin-skills-shared/contracts';

/** What another run of the same skill begins with. */
export type RunDraft = Partial<Pick<Run, 'input' | 'prompt' | 'model' | 'execution' | 'connection'>>;

/** What a run says of itself that another one can begin with. */
export function draftOf({ input, prompt, model, execution, connection }: Run): RunDraft {
  return { input, prompt, model, execution, connection };
}
