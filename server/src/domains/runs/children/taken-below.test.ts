import { INTERRUPTED, type RunTotals } from '../run-record';
import { takenBelow, type TakingRun } from './taken-below';

const untold: RunTotals = {
  inputTokens: null,
  outputTokens: null,
  estimatedTokens: 0,
  toolCalls: 0,
  cost: null,
};
const told = (tokens: number, cost: number | null): RunTotals => ({
  ...untold,
  inputTokens: tokens,
  outputTokens: 0,
  cost,
});
const given = (tokens: number, cost: number | null = null): TakingRun['budget'] => ({
  steps: 1,
  timeMs: 1,
  tokens,
  cost,
});

function run(id: string, change: Partial<TakingRun> = {}): TakingRun {
  const agent = { status: 'completed' as const, errorCode: null, totals: untold, budget: given(100) };
  return { id, parentId: 'parent', ...agent, ...change };
}

it('is nothing where no model worked', () => {
  expect(takenBelow([], 'parent')).toBeUndefined();
  expect(takenBelow([run('script', { budget: null })], 'parent')).toBeUndefined();
});

it('is what all that have ended took, on every level', () => {
  const runs = [
    run('a', { totals: told(30, 0.5) }),
    run('below-a', { parentId: 'a', totals: told(7, 0.25), status: 'cancelled' }),
    run('b', { totals: { ...told(3, 0), estimatedTokens: 10 } }),
    run('elsewhere', { parentId: 'other', totals: told(1_000, 1) }),
  ];
  expect(takenBelow(runs, 'parent')).toMatchObject({ inputTokens: 40, estimatedTokens: 10, cost: 0.75 });
});

it.each(['queued', 'running', 'waiting'] as const)('is all that one was given which is %s', (status) => {
  const runs = [run('a', { status, totals: told(30, 0.5), budget: given(100, 2) })];
  expect(takenBelow(runs, 'parent')).toMatchObject({ inputTokens: 30, estimatedTokens: 70, cost: 2 });
  const below = run('below-a', { parentId: 'a', status: 'running', budget: given(40, 1) });
  expect(takenBelow([...runs, below], 'parent')).toMatchObject({
    inputTokens: 30,
    estimatedTokens: 70,
    cost: 2,
  });
});

it('is no less than what one took that was given less', () => {
  const runs = [run('a', { status: 'running', totals: told(130, 3), budget: given(100, 2) })];
  expect(takenBelow(runs, 'parent')).toMatchObject({ inputTokens: 130, estimatedTokens: 0, cost: 3 });
});

it('is all that one was given whose owner vanished, but not of one that failed', () => {
  const failed = run('a', { status: 'failed', errorCode: 'no-luck', totals: told(30, 0) });
  expect(takenBelow([failed], 'parent')).toMatchObject({ inputTokens: 30, estimatedTokens: 0 });
  const lost = { ...failed, errorCode: INTERRUPTED };
  expect(takenBelow([lost], 'parent')).toMatchObject({ inputTokens: 30, estimatedTokens: 70 });
});

it('costs what nobody knows as soon as a model answered whose cost is unknown', () => {
  const silent = run('a', { status: 'failed', totals: { ...untold, estimatedTokens: 12 } });
  expect(takenBelow([silent, run('b', { totals: told(1, 1) })], 'parent')).toMatchObject({ cost: null });
  const working = { ...silent, status: 'running' as const, budget: given(100, 2) };
  expect(takenBelow([working], 'parent')).toMatchObject({ cost: null });
});
