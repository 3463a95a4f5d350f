/** Bytes for people, in steps of 1024: `1.5 kB`. */
export function formatBytes(bytes: number, locale?: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1024 ** step);
}

/** A span of time for people: `45 ms`, `1.2 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(milliseconds: number, locale?: string): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'millisecond' || name === 'second' ? 'narrow' : 'short',
      maximumFractionDigits: digits,
    })
      .format(value)
      .replace(/(\d)(\p{L})/u, '$1 $2');
  if (milliseconds < 1000) return unit(Math.round(milliseconds), 'millisecond');
  if (milliseconds < 60_000) return unit(milliseconds / 1000, 'second', milliseconds < 10_000 ? 1 : 0);
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(seconds % 60, 'second')}`;
  return `${unit(Math.floor(seconds / 3600), 'hour')} ${unit(Math.floor((seconds % 3600) / 60), 'minute')}`;
}

const steps: [limit: number, unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  [60_000, 'second', 1000],
  [3_600_000, 'minute', 60_000],
  [86_400_000, 'hour', 3_600_000],
  [2_592_000_000, 'day', 86_400_000],
  [31_536_000_000, 'month', 2_592_000_000],
  [Infinity, 'year', 31_536_000_000],
];

/** How long ago, in the largest unit that fits: what `Intl.RelativeTimeFormat` takes. Less than 5 seconds is now. */
export function timeAgo(then: number, now: number): { value: number; unit: Intl.RelativeTimeFormatUnit } {
  const passed = Math.abs(now - then);
  if (passed < 5000) return { value: 0, unit: 'second' };
  const [, unit, milliseconds] = steps.find(([limit]) => passed < limit) ?? steps[0]!;
  return { value: Math.trunc((then - now) / milliseconds), unit };
}
