import type { RunBudget } from 'strapi-plugin-skills-shared/contracts';
import { DeniedError } from '../../../http/errors';
import type { RunTotals } from '../run-record';

/**
 * What is left for a run that another starts: its tokens and its cost count to the other's, so it may take no more than that has left.
 * Steps and time are each run's own, and no more than the other's. Runs that are started at once are each given all that is left; whoever
 * started them looks at the sum before its next step. Throws 403 `tokens-budget` or `cost-budget` when nothing is left.
 */
export function remainingBudget(budget: RunBudget, spent: RunTotals | undefined): RunBudget {
  const tokens = budget.tokens - ((spent?.inputTokens ?? 0) + (spent?.outputTokens ?? 0));
  if (tokens < 1) throw usedUp('tokens');
  const cost = budget.cost === null ? null : budget.cost - (spent?.cost ?? 0);
  if (cost !== null && cost <= 0) throw usedUp('cost');
  return { ...budget, tokens, cost };
}

function usedUp(name: 'tokens' | 'cost'): DeniedError {
  return new DeniedError(`The run has nothing left of its budget of ${name}.`, { code: `${name}-budget` });
}
