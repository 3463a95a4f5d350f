/**
 * Options of one request. The SDK never takes its listener off a signal again, so each request gets a signal of its own: the caller's
 * lives for a whole run, and would gather listeners.
 */
export function forRequest(signal: AbortSignal): { signal: AbortSignal } {
  return { signal: AbortSignal.any([signal]) };
}
