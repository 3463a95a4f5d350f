import { isTicking, timeTaken } from './time-taken';

const startedAt = '2026-01-01T00:00:00.000Z';
const later = (ms: number) => Date.parse(startedAt) + ms;
const live = (status: 'queued' | 'running' | 'waiting') => ({ status, startedAt, durationMs: null });

describe('the time that a run takes', () => {
  it.each(['running', 'waiting'] as const)('grows while it is %s', (status) => {
    expect(isTicking(live(status))).toBe(true);
    expect(timeTaken(live(status), later(62_400))).toBe(62_000);
  });

  it('is what is stored when the run has ended', () => {
    const run = { status: 'completed', startedAt, durationMs: 1556 } as const;
    expect([isTicking(run), timeTaken(run, later(99_000))]).toEqual([false, 1556]);
  });

  it('is none before it has begun', () => {
    const run = { status: 'queued', startedAt: null, durationMs: null } as const;
    expect([isTicking(run), timeTaken(run, later(0))]).toEqual([false, undefined]);
  });

  it('is none of a run that was cancelled before it began', () => {
    const run = { status: 'cancelled', startedAt: null, durationMs: null } as const;
    expect(timeTaken(run, later(0))).toBeUndefined();
  });

  it('is not below a second, whatever the clock says', () => {
    expect(timeTaken(live('running'), later(-5_000))).toBe(1000);
  });
});
