import { formatDollars } from './dollars';

describe('dollars for people', () => {
  it.each([
    [0, '$0.00'],
    [0.0000123, '$0.000012'],
    [0.00456, '$0.0046'],
    [0.01, '$0.01'],
    [0.12345, '$0.1235'],
    [12.5, '$12.50'],
    [1234.567, '$1,234.57'],
  ])('%s reads %s', (dollars, shown) => {
    expect(formatDollars(dollars, 'en')).toBe(shown);
  });
});
