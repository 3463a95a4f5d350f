import type { ExecOptions } from './sandbox';

/**
 * Hands a command's output on, up to a limit over both streams together. What crosses the limit is cut at it and `onFull` is
 * called, once.
 */
export function createOutputMeter(limit: number, onOutput: ExecOptions['onOutput'], onFull: () => void) {
  let left = limit;
  let full = false;
  return async (stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> => {
    if (full) return;
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (part.length < chunk.length) {
      full = true;
      onFull();
    }
    if (part.length > 0) await onOutput?.(stream, part);
  };
}
