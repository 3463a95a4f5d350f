/** Longer waits are not a rate limit any more, and a number this large is more likely a mistake. */
const longest = 24 * 60 * 60 * 1000;

/**
 * Milliseconds to wait, from `retry-after-ms`, or from `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). Undefined where
 * neither says so.
 */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = parseNumber(headers?.get('retry-after-ms'));
  if (exact !== undefined) return within(exact);
  const text = headers?.get('retry-after');
  const seconds = parseNumber(text);
  if (seconds !== undefined) return within(seconds * 1000);
  const date = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : within(date - now);
}

function parseNumber(text: string | null | undefined): number | undefined {
  return text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

const within = (ms: number): number => Math.min(Math.max(0, Math.ceil(ms)), longest);
