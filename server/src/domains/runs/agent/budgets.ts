import type { RunBudget } from 'strapi-plugin-skills-shared/contracts';
import type { RunTotals } from '../run-record';
import { tokensOf } from '../totals';
import { AgentStop } from './agent-stop';

/** What a run has used of its budget. Its time is watched by `WorkClock`. */
export interface Used {
  step: number;
  totals: RunTotals | undefined;
}

/**
 * What ends the run before its model is asked again: an `AgentStop` that names the limit, and what was reached. Undefined while there is
 * something left of everything.
 */
export function budgetReached(budget: RunBudget, { step, totals }: Used): AgentStop | undefined {
  if (step >= budget.steps) {
    return new AgentStop('steps-budget', `The agent reached its budget of ${budget.steps} steps.`);
  }
  const tokens = tokensOf(totals);
  if (tokens >= budget.tokens) {
    const estimated = totals?.estimatedTokens ?? 0;
    const part =
      estimated > 0 ? `, of which ${estimated} are an estimate, since the vendor did not tell` : '';
    const message = `The agent reached its budget of ${budget.tokens} tokens: it used ${tokens}${part}.`;
    return new AgentStop('tokens-budget', message);
  }
  return budget.cost === null ? undefined : costReached(budget.cost, totals);
}

function costReached(limit: number, totals: RunTotals | undefined): AgentStop | undefined {
  if (totals === undefined) return undefined;
  const { cost } = totals;
  if (cost === null) {
    const message =
      'What the run costs is not known, since the model has no known price or the vendor did not tell what was used: it cannot be held to a ' +
      'budget of cost.';
    return new AgentStop('cost-unknown', message);
  }
  if (cost < limit) return undefined;
  const message = `The agent reached its budget of $${limit}: it cost $${Number(cost.toFixed(6))}.`;
  return new AgentStop('cost-budget', message);
}
