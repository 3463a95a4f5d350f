import type { RunBudget, RunStatus } from 'strapi-plugin-skills-shared/contracts';
import { hasEnded, INTERRUPTED, type RunTotals } from '../run-record';
import { modelTotals, sumOfTotals, tokensOf } from '../totals';

/** A run that another has started, as far as what it takes goes. */
export interface TakingRun {
  id: string;
  parentId: string;
  status: RunStatus;
  errorCode: string | null;
  totals: RunTotals;
  /** What it was given of its parent's; null of runs that are no agents. */
  budget: RunBudget | null;
}

const nothing: RunTotals = {
  inputTokens: null,
  outputTokens: null,
  estimatedTokens: 0,
  toolCalls: 0,
  // Where no model worked, nothing was to be paid.
  cost: 0,
};

/**
 * What the runs below one have taken, or still may: one that has not ended counts with all that it was given, wherever it is at work, and
 * so does one whose owner vanished before it could tell. Undefined when there is nothing to count.
 */
export function takenBelow(runs: readonly TakingRun[], runId: string): RunTotals | undefined {
  const childrenOf = new Map<string, TakingRun[]>();
  for (const run of runs) childrenOf.set(run.parentId, [...(childrenOf.get(run.parentId) ?? []), run]);
  const below = (id: string): RunTotals | undefined =>
    (childrenOf.get(id) ?? []).reduce<RunTotals | undefined>(
      (sum, child) => sumOfTotals(sum, taken(child)),
      undefined,
    );
  const taken = ({ id, status, errorCode, totals, budget }: TakingRun): RunTotals | undefined => {
    const told = sumOfTotals(modelTotals(totals), below(id));
    const mayHaveTakenMore = !hasEnded(status) || errorCode === INTERRUPTED;
    return budget && mayHaveTakenMore ? atLeast(told ?? nothing, budget) : told;
  };
  return below(runId);
}

function atLeast(told: RunTotals, { tokens, cost }: RunBudget): RunTotals {
  return {
    ...told,
    estimatedTokens: told.estimatedTokens + Math.max(0, tokens - tokensOf(told)),
    cost: told.cost === null || cost === null ? told.cost : Math.max(told.cost, cost),
  };
}
