/** Dollars for people: cents as usual, and of less than a cent as much as tells it from nothing. */
export function formatDollars(dollars: number, locale?: string): string {
  const small = dollars > 0 && dollars < 0.01;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    ...(small
      ? { maximumSignificantDigits: 2 }
      : { minimumFractionDigits: 2, maximumFractionDigits: dollars < 1 ? 4 : 2 }),
  }).format(dollars);
}
