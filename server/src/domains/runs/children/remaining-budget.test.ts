import { remainingBudget } from './remaining-budget';

const budget = { steps: 5, tokens: 100, timeMs: 1_000, cost: 2 };
const spent = { inputTokens: 30, outputTokens: 20, toolCalls: 1, cost: 0.5 };
const refusal = (code: string) => expect.objectContaining({ details: { code } });

it('leaves what was not taken of tokens and cost', () => {
  expect(remainingBudget(budget, undefined)).toEqual(budget);
  expect(remainingBudget(budget, spent)).toEqual({ ...budget, tokens: 50, cost: 1.5 });
  expect(remainingBudget({ ...budget, cost: null }, spent)).toEqual({ ...budget, tokens: 50, cost: null });
});

it('refuses when nothing is left', () => {
  expect(() => remainingBudget({ ...budget, tokens: 50 }, spent)).toThrow(refusal('tokens-budget'));
  expect(() => remainingBudget({ ...budget, cost: 0.5 }, spent)).toThrow(refusal('cost-budget'));
});
