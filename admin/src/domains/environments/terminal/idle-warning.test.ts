import { idleWarning } from './idle-warning';

describe('the warning of an unused terminal', () => {
  it('comes a minute before it is closed', () => {
    expect(idleWarning(60_001, 600_000)).toBeNull();
    expect(idleWarning(60_000, 600_000)).toEqual({ seconds: 60, spoken: 60 });
  });

  it('comes at half of a short time', () => {
    expect(idleWarning(11_000, 20_000)).toBeNull();
    expect(idleWarning(10_000, 20_000)).toEqual({ seconds: 10, spoken: 10 });
  });

  it('is seen each second, and spoken three times', () => {
    const warnings = Array.from({ length: 61 }, (_, past) => idleWarning(60_000 - past * 1_000, 600_000));
    expect(new Set(warnings.map((warning) => warning?.seconds)).size).toBe(61);
    expect([...new Set(warnings.map((warning) => warning?.spoken))]).toEqual([60, 30, 10]);
  });

  it('counts no further than to the end', () => {
    expect(idleWarning(-5_000, 600_000)).toEqual({ seconds: 0, spoken: 10 });
  });
});
