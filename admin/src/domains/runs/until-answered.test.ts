import { untilAnswered, type CachedQuery } from './until-answered';

const pending = (requestId: string, originalArgs: unknown): CachedQuery => ({
  status: 'pending',
  requestId,
  originalArgs,
});
const answered = (requestId: string, originalArgs: unknown): CachedQuery => ({
  status: 'fulfilled',
  requestId,
  originalArgs,
});

/** Waits, and tells whether it still does. */
function wait(cache: Record<string, CachedQuery | undefined>) {
  let done = false;
  void untilAnswered(() => cache, 'r').then(() => (done = true));
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 120));
    return !done;
  };
}

describe('waiting until what is asked for of a run is answered', () => {
  it('is over at once when nothing is', async () => {
    expect(await wait({ a: answered('1', 'r'), b: undefined })()).toBe(false);
  });

  it('lasts until the old answers have come, whatever else is asked for', async () => {
    const cache: Record<string, CachedQuery> = {
      approvals: pending('1', 'r'),
      children: pending('2', { id: 'r', page: 1 }),
      other: pending('3', 'another'),
    };
    const waits = wait(cache);
    expect(await waits()).toBe(true);
    cache.approvals = answered('1', 'r');
    expect(await waits()).toBe(true);
    cache.children = answered('2', { id: 'r', page: 1 });
    expect(await waits()).toBe(false);
  });

  it('is over when it is asked for anew, because that answer is not old', async () => {
    const cache: Record<string, CachedQuery> = { approvals: pending('1', 'r') };
    const waits = wait(cache);
    expect(await waits()).toBe(true);
    cache.approvals = pending('2', 'r');
    expect(await waits()).toBe(false);
  });
});
