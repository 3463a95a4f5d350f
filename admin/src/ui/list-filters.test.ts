import { filterParameters, withoutReplaced, type FilterEntry } from './list-filters';

const parameters = { 'kind.$eq': 'kind', 'createdAt.$gte': 'from', 'createdAt.$lte': 'to' };

describe('the filters of a list', () => {
  it('become the parameters of our routes', () => {
    const $and: FilterEntry[] = [
      { kind: { $eq: 'bundle' } },
      { createdAt: { $gte: '2026-01-01' } },
      { createdAt: { $lte: '2026-02-01' } },
    ];
    expect(filterParameters({ filters: { $and } }, parameters)).toEqual({
      kind: 'bundle',
      from: '2026-01-01',
      to: '2026-02-01',
    });
  });

  it('leave out what a hand-edited URL made up', () => {
    const $and: FilterEntry[] = [
      { kind: { $ne: 'bundle' } },
      { nonsense: { $eq: 'x' } },
      { kind: { $eq: { nested: 'x' } } },
      {},
    ];
    expect(filterParameters({ filters: { $and } }, parameters)).toEqual({});
    expect(filterParameters({}, parameters)).toEqual({});
  });

  it('drop the earlier of two for the same thing', () => {
    const $and: FilterEntry[] = [
      { kind: { $eq: 'a' } },
      { createdAt: { $gte: '1' } },
      { kind: { $eq: 'b' } },
    ];
    expect(withoutReplaced({ filters: { $and } })).toEqual([
      { createdAt: { $gte: '1' } },
      { kind: { $eq: 'b' } },
    ]);
  });

  it('need no change when each stands once', () => {
    const $and: FilterEntry[] = [{ kind: { $eq: 'a' } }, { createdAt: { $gte: '1' } }];
    expect(withoutReplaced({ filters: { $and } })).toBeUndefined();
    expect(withoutReplaced({})).toBeUndefined();
  });
});
