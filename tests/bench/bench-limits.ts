/** What a command may use in the benchmarks of sandboxes: more than any of them does. */
export const benchLimits = {
  timeMs: 60_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 64,
  diskBytes: 256 * 2 ** 20,
  outputBytes: 2 ** 20,
};
