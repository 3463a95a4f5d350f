/** A warning comes so long before an unused terminal is closed. */
const warnMs = 60_000;
/** Told at these moments alone: a number that is spoken each second lets nobody hear anything else. */
const spokenSeconds = [10, 30, 60];

export interface IdleWarning {
  /** What is left, to be seen. */
  seconds: number;
  /** What is left in a rougher number, to be spoken. */
  spoken: number;
}

/** What to say of a terminal that is closed in `leftMs` unless somebody uses it; null as long as that is far. */
export function idleWarning(leftMs: number, idleMs: number): IdleWarning | null {
  if (leftMs > Math.min(warnMs, idleMs / 2)) return null;
  const seconds = Math.max(0, Math.round(leftMs / 1000));
  return { seconds, spoken: spokenSeconds.find((step) => seconds <= step) ?? seconds };
}
