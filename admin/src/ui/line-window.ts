interface Viewport {
  /** How far it is scrolled, and how high it is, in pixels. */
  scrollTop: number;
  height: number;
  rowHeight: number;
  count: number;
  /** Rows kept beyond each edge, so that scrolling shows no gaps. */
  overscan: number;
}

/** Which rows of equal height must be in the page: from `start` up to, not including, `end`. */
export function visibleRows({ scrollTop, height, rowHeight, count, overscan }: Viewport): {
  start: number;
  end: number;
} {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  const start = Math.max(0, Math.min(first - overscan, count));
  return { start, end: Math.max(start, Math.min(count, last + overscan)) };
}
