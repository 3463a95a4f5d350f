/** Replaces `[start, end)` of a text by `text`. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Applies splices that do not overlap; all offsets are those of the text before any was applied. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const sorted = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const splice of sorted) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

/** How a place in a spliced text is found in the original: a place inside of what was replaced is moved to its edge. */
export interface OffsetMap {
  start(offset: number): number;
  end(offset: number): number;
}

export function originalOffsets(splices: readonly Splice[]): OffsetMap {
  const sorted = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  function map(offset: number, edge: 'start' | 'end'): number {
    let grown = 0;
    for (const splice of sorted) {
      const from = splice.start + grown;
      const to = from + splice.text.length;
      if (offset < from || (offset === from && edge === 'end')) break;
      if (edge === 'start' ? offset < to : offset <= to) return splice[edge];
      grown += splice.text.length - (splice.end - splice.start);
    }
    return offset - grown;
  }
  return { start: (offset) => map(offset, 'start'), end: (offset) => map(offset, 'end') };
}
