import type { RunTotals } from './run-record';

/**
 * What two parts of the work took together. Tokens are null where neither part told any; a cost is unknown as soon as one part's is.
 */
export function sumOfTotals(
  left: RunTotals | undefined,
  right: RunTotals | undefined,
): RunTotals | undefined {
  if (!left || !right) return left ?? right;
  const tokens = (one: number | null, other: number | null): number | null =>
    one === null && other === null ? null : (one ?? 0) + (other ?? 0);
  return {
    inputTokens: tokens(left.inputTokens, right.inputTokens),
    outputTokens: tokens(left.outputTokens, right.outputTokens),
    estimatedTokens: left.estimatedTokens + right.estimatedTokens,
    toolCalls: left.toolCalls + right.toolCalls,
    cost: left.cost === null || right.cost === null ? null : left.cost + right.cost,
  };
}

/** All tokens, with those that were estimated. */
export function tokensOf(totals: RunTotals | undefined): number {
  if (!totals) return 0;
  return (totals.inputTokens ?? 0) + (totals.outputTokens ?? 0) + totals.estimatedTokens;
}

/** What a run's row tells of the models that worked on it; undefined where none did. */
export function modelTotals(run: RunTotals): RunTotals | undefined {
  const { inputTokens, outputTokens, estimatedTokens, toolCalls, cost } = run;
  if (inputTokens === null && outputTokens === null && estimatedTokens === 0 && toolCalls === 0) {
    return undefined;
  }
  return { inputTokens, outputTokens, estimatedTokens, toolCalls, cost };
}
