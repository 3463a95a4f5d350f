/** Splits values for `whereIn`, within every database's limit of parameters. */
export function* inBatches<Value>(values: readonly Value[], size = 1000): Generator<Value[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}
