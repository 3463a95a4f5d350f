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
    toolCalls: left.toolCalls + right.toolCalls,
    cost: left.cost === null || right.cost === null ? null : left.cost + right.cost,
  };
}
