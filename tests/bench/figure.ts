/**
 * One measured figure. Where a promise is a ratio, `value` and `baseline` were measured side by side in the same run, so
 * that the machine's speed cancels out: `ratio` is value / baseline. `met` is null where no target was set.
 */
export interface Figure {
  name: string;
  value: number;
  /** `ms`, `bytes`, `runs/s`, `count`. */
  unit: string;
  baseline: number | null;
  ratio: number | null;
  /** In words a person reads and in the direction that counts: `≤ 1.25 ×`, `≤ 5 ms`, `= 0`. */
  target: string | null;
  met: boolean | null;
}

export interface Benchmark {
  name: string;
  run(): Promise<Figure[]>;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest-rank percentile; `values` need not be sorted. Throws when there are none. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError('A percentile needs at least one value.');
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] as number;
}

/** A figure whose promise is "at most `limit` times the baseline". */
export function ratioFigure(
  name: string,
  measured: { value: number; baseline: number; unit: string; limit: number },
): Figure {
  const ratio = measured.value / measured.baseline;
  return {
    name,
    value: measured.value,
    unit: measured.unit,
    baseline: measured.baseline,
    ratio,
    target: `≤ ${measured.limit} ×`,
    met: ratio <= measured.limit,
  };
}
