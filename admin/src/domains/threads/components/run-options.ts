import type { RunBudget, RunCreate } from 'strapi-plugin-skills-shared/contracts';
import type { ModelChoice } from '../../connections';

export const budgetFields = ['steps', 'tokens', 'seconds', 'dollars'] as const;
export type BudgetField = (typeof budgetFields)[number];

/** What a run may be told beyond its prompt, as it stands in the form. */
export interface RunOptions {
  /** Aliases of further skills. */
  skills: readonly string[];
  /** As they were typed; empty is the server's own limit. */
  budget: Readonly<Record<BudgetField, string>>;
  /** Tools that wait for a person. */
  approval: readonly string[];
}

export const noOptions: RunOptions = {
  skills: [],
  budget: { steps: '', tokens: '', seconds: '', dollars: '' },
  approval: [],
};

/** Of the budget, the fields that are no number above zero; steps and tokens are whole. */
export function wrongBudgets({ budget }: Pick<RunOptions, 'budget'>): BudgetField[] {
  return budgetFields.filter((field) => {
    const text = budget[field].trim();
    if (text === '') return false;
    const value = Number(text);
    const whole = field === 'steps' || field === 'tokens';
    return !Number.isFinite(value) || value <= 0 || (whole && !Number.isInteger(value));
  });
}

function budgetOf({ budget }: RunOptions): Partial<RunBudget> {
  const value = (field: BudgetField) => Number(budget[field].trim());
  const set = (field: BudgetField) => budget[field].trim() !== '';
  return {
    ...(set('steps') && { steps: value('steps') }),
    ...(set('tokens') && { tokens: value('tokens') }),
    ...(set('seconds') && { timeMs: Math.max(1, Math.round(value('seconds') * 1000)) }),
    ...(set('dollars') && { cost: value('dollars') }),
  };
}

/** How many of the options say something. */
export function countOptions({ budget, approval }: RunOptions): number {
  return Object.values(budget).filter((text) => text.trim() !== '').length + (approval.length > 0 ? 1 : 0);
}

/** A prompt as the server is asked for its run. What is not said is left to the skill and the server. */
export function runRequest(
  prompt: string,
  { choice, options, thread }: { choice: ModelChoice; options: RunOptions; thread: string },
): RunCreate {
  const budget = budgetOf(options);
  return {
    prompt: prompt.trim(),
    thread,
    ...(choice.connection !== '' && { connection: choice.connection }),
    ...(choice.model !== '' && { model: choice.model }),
    ...(options.skills.length > 0 && { skills: [...options.skills] }),
    ...(Object.keys(budget).length > 0 && { budget }),
    ...(options.approval.length > 0 && { approval: [...options.approval] }),
  };
}
