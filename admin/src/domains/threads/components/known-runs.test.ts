import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { withEarlier, withNewest, withStarted } from './known-runs';

const run = (id: string, second: number, status = 'completed') =>
  ({ id, status, createdAt: `2026-11-21T10:00:${String(second).padStart(2, '0')}.000Z` }) as RunSummary;
const ids = (runs: readonly RunSummary[]) => runs.map(({ id }) => id).join(' ');

describe('the known runs of a thread', () => {
  it('stand in the order of their starts, each in its newest state', () => {
    const known = withNewest([], [run('b', 2, 'running'), run('a', 1)]);
    const next = withNewest(known, [run('c', 3), run('b', 2)]);
    expect(ids(next)).toBe('a b c');
    expect(next[1]?.status).toBe('completed');
  });

  it('take earlier ones before them, those that are known already once', () => {
    const known = withNewest([], [run('d', 4), run('c', 3, 'running')]);
    const all = withEarlier(known, [run('c', 3), run('b', 2), run('a', 1)]);
    expect(ids(all)).toBe('a b c d');
    expect(all[2]?.status).toBe('running');
  });

  it('begin anew where so much has happened that some may be missing', () => {
    const known = withNewest([], [run('b', 2), run('a', 1)]);
    expect(ids(withNewest(known, [run('z', 9), run('y', 8)]))).toBe('y z');
  });

  it('hold one that was started just now, whatever a list says that was read before', () => {
    expect(ids(withNewest(withStarted([], run('a', 1, 'queued')), []))).toBe('a');
    const known = withStarted(withNewest([], [run('a', 1)]), run('b', 2, 'queued'));
    expect(ids(known)).toBe('a b');
    expect(ids(withNewest(known, [run('a', 1)]))).toBe('a b');
    expect(ids(withNewest(withStarted([], run('b', 2, 'queued')), [run('a', 1)]))).toBe('a b');
  });

  it('know from the list more of a run than from the answer to its start', () => {
    const known = withStarted(withNewest([], [run('a', 1, 'running')]), run('a', 1, 'queued'));
    expect(known).toHaveLength(1);
    expect(known[0]?.status).toBe('running');
  });

  it('are told apart by their ids where they were started at once', () => {
    expect(ids(withNewest([], [run('b', 1), run('a', 1)]))).toBe('a b');
  });
});
