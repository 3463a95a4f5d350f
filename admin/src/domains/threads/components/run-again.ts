import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { ModelChoice } from '../../connections';
import { isEmpty, type Draft } from './composing';
import { budgetFields, noOptions, type RunOptions } from './run-options';

/** What the composer holds for a run that is to be had once more. */
export interface ComposedAgain {
  draft: Draft;
  options: RunOptions;
  /** Undefined where no model worked on it. */
  choice: ModelChoice | undefined;
}

type Ran = Pick<Run, 'prompt' | 'skills' | 'budget' | 'approval' | 'connection' | 'model'>;

/** What a run was asked, with what it was given; its files have to be added again. */
export function composedAgain(run: Ran): ComposedAgain {
  const { budget } = run;
  const typed = (limit: number | null | undefined) =>
    limit === null || limit === undefined ? '' : `${limit}`;
  return {
    draft: { text: run.prompt ?? '', files: [] },
    options: {
      skills: run.skills.map(({ alias }) => alias),
      budget: {
        steps: typed(budget?.steps),
        tokens: typed(budget?.tokens),
        seconds: typed(budget && budget.timeMs / 1000),
        dollars: typed(budget?.cost),
      },
      approval: run.approval,
    },
    choice: run.connection ? { connection: run.connection.id, model: run.model ?? '' } : undefined,
  };
}

const sameWords = (left: readonly string[], right: readonly string[]) => left.join('\n') === right.join('\n');

function sameOptions(left: RunOptions, right: RunOptions): boolean {
  return (
    sameWords(left.skills, right.skills) &&
    sameWords(left.approval, right.approval) &&
    budgetFields.every((field) => left.budget[field].trim() === right.budget[field].trim())
  );
}

/** Whether putting `next` into the composer takes something away that somebody has put there. */
export function replaces(now: Pick<ComposedAgain, 'draft' | 'options'>, next: ComposedAgain): boolean {
  const written = !isEmpty(now.draft) && (now.draft.text !== next.draft.text || now.draft.files.length > 0);
  return written || (!sameOptions(now.options, noOptions) && !sameOptions(now.options, next.options));
}
