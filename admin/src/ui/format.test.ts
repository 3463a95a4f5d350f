import { formatBytes, formatDuration, timeAgo } from './format';

describe('sizes', () => {
  it.each([
    [0, '0 byte'],
    [1023, '1,023 byte'],
    [1536, '1.5 kB'],
    [31_457_280, '30 MB'],
    [5 * 1024 ** 4, '5,120 GB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1234, '1.2 s'],
    [45_000, '45 s'],
    [185_000, '3 min 5 s'],
    [7_440_000, '2 hr 4 min'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, 'en')).toBe(text);
  });
});

describe('how long ago', () => {
  it.each([
    [3000, { value: 0, unit: 'second' }],
    [42_000, { value: -42, unit: 'second' }],
    [3_599_000, { value: -59, unit: 'minute' }],
    [90_000_000, { value: -1, unit: 'day' }],
    [40_000_000_000, { value: -1, unit: 'year' }],
  ])('tells %d ms', (passed, told) => {
    expect(timeAgo(1e12 - passed, 1e12)).toEqual(told);
  });

  it('tells a clock that runs ahead', () => {
    expect(timeAgo(1e12 + 65_000, 1e12)).toEqual({ value: 1, unit: 'minute' });
  });
});
