import { visibleRows } from './line-window';

const rows = (scrollTop: number, count = 10_000) =>
  visibleRows({ scrollTop, height: 400, rowHeight: 20, count, overscan: 5 });

describe('the rows in view', () => {
  it('keeps a bounded number of rows, however many there are', () => {
    for (let scrollTop = 0; scrollTop <= 199_600; scrollTop += 137) {
      const { start, end } = rows(scrollTop);
      expect(end - start).toBeLessThanOrEqual(31);
      expect(start * 20).toBeLessThanOrEqual(scrollTop);
      expect(end * 20).toBeGreaterThanOrEqual(scrollTop + 400);
    }
  });

  it('stays within the list', () => {
    expect(rows(0)).toEqual({ start: 0, end: 25 });
    expect(rows(199_600)).toEqual({ start: 9975, end: 10_000 });
    expect(rows(0, 0)).toEqual({ start: 0, end: 0 });
    expect(rows(5000, 3)).toEqual({ start: 3, end: 3 });
  });
});
