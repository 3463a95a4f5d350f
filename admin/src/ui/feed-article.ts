/** Where somebody stands in a feed, by index. */
interface Place {
  /** The article that has the focus; undefined where the feed itself has it. */
  focused: number | undefined;
  /** The first and the last one in view. */
  inView: { first: number; last: number };
  count: number;
}

/** The article that a key goes to, after the pattern of a feed in the ARIA Authoring Practices; undefined is none. */
export function articleFor(key: string, { focused, inView, count }: Place): number | undefined {
  if (count === 0 || (key !== 'PageDown' && key !== 'PageUp')) return undefined;
  const down = key === 'PageDown';
  const next = focused === undefined ? (down ? inView.first : inView.last) : focused + (down ? 1 : -1);
  return next >= 0 && next < count ? next : undefined;
}
