import { buildPace, isActive } from './build-pace';

describe('an environment', () => {
  it('is looked at often while it is built, and now and then besides', () => {
    const slow = buildPace(null);
    for (const status of ['completed', 'failed', 'cancelled'] as const) {
      expect(isActive({ status })).toBe(false);
      expect(buildPace({ status })).toBe(slow);
    }
    for (const status of ['queued', 'running'] as const) {
      expect(isActive({ status })).toBe(true);
      expect(buildPace({ status })).toBeLessThan(slow / 2);
    }
  });
});
