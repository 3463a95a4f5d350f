import type { RunTotals } from '../run-record';
import { remainingBudget } from './remaining-budget';

const budget = { steps: 5, tokens: 100, timeMs: 1_000, cost: 2 };
const spent: RunTotals = { inputTokens: 30, outputTokens: 20, estimatedTokens: 0, toolCalls: 1, cost: 0.5 };
const refusal = (code: string) => expect.objectContaining({ details: { code } });

it('leaves what was not taken of tokens and cost', () => {
  expect(remainingBudget(budget, undefined)).toEqual(budget);
  expect(remainingBudget(budget, spent)).toEqual({ ...budget, tokens: 50, cost: 1.5 });
  expect(remainingBudget({ ...budget, cost: null }, spent)).toEqual({ ...budget, tokens: 50, cost: null });
});

it('counts tokens that were not told by their estimate', () => {
  const untold = { ...spent, inputTokens: null, outputTokens: null, estimatedTokens: 70 };
  expect(remainingBudget(budget, untold)).toMatchObject({ tokens: 30 });
  expect(() => remainingBudget({ ...budget, tokens: 70 }, untold)).toThrow(refusal('tokens-budget'));
});

it('divides what is left among those that share it, and gives none of them nothing', () => {
  expect(remainingBudget(budget, spent, 4)).toEqual({ ...budget, tokens: 12, cost: 0.375 });
  expect(remainingBudget({ ...budget, tokens: 52 }, spent, 4)).toMatchObject({ tokens: 1 });
});

it('refuses when nothing is left', () => {
  expect(() => remainingBudget({ ...budget, tokens: 50 }, spent)).toThrow(refusal('tokens-budget'));
  expect(() => remainingBudget({ ...budget, cost: 0.5 }, spent)).toThrow(refusal('cost-budget'));
});

it('refuses when it is not known what a limited cost has come to', () => {
  const unknown = { ...spent, cost: null };
  expect(() => remainingBudget(budget, unknown)).toThrow(refusal('cost-unknown'));
  expect(remainingBudget({ ...budget, cost: null }, unknown)).toMatchObject({ cost: null });
});
