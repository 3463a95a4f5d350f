import type { TerminalSize } from './sandbox';

/** Sides of a terminal, in characters. A size of megabytes would have programs allocate as much. */
const maxSide = 1000;

/** Throws `RangeError` for what cannot be a terminal's size. */
export function assertTerminalSize({ columns, rows }: TerminalSize): void {
  for (const side of [columns, rows]) {
    if (!Number.isInteger(side) || side < 1 || side > maxSide) {
      throw new RangeError(`A terminal has from 1 to ${maxSide} columns and rows, not ${columns} × ${rows}.`);
    }
  }
}
