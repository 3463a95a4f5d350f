import type { RunBudget } from 'strapi-plugin-skills-shared/contracts';
import { DeniedError } from '../../../http/errors';
import type { RunTotals } from '../run-record';
import { tokensOf } from '../totals';

/**
 * What a run is given that another starts: its share of what is left of the other's tokens and cost, since what it takes counts to them.
 * `sharers` is among how many it is divided, this one included. Steps and time are each run's own, and no more than the other's. Throws 403
 * `tokens-budget` or `cost-budget` when nothing is left, and `cost-unknown` when that cannot be told.
 */
export function remainingBudget(budget: RunBudget, taken: RunTotals | undefined, sharers = 1): RunBudget {
  const tokens = budget.tokens - tokensOf(taken);
  if (tokens < 1) throw usedUp('tokens');
  const cost = remainingCost(budget.cost, taken);
  return {
    ...budget,
    tokens: Math.max(1, Math.floor(tokens / sharers)),
    cost: cost === null ? null : cost / sharers,
  };
}

function remainingCost(limit: number | null, taken: RunTotals | undefined): number | null {
  if (limit === null) return null;
  if (taken?.cost === null) {
    const message = 'What the run has cost is not known, so nothing of its budget of cost can be given on.';
    throw new DeniedError(message, { code: 'cost-unknown' });
  }
  const cost = limit - (taken?.cost ?? 0);
  if (cost <= 0) throw usedUp('cost');
  return cost;
}

function usedUp(name: 'tokens' | 'cost'): DeniedError {
  return new DeniedError(`The run has nothing left of its budget of ${name}.`, { code: `${name}-budget` });
}
