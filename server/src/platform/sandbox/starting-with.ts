/** A sequence of which the first item was taken already, to see whether there is any. Calls `release` when nobody wants more. */
export async function* startingWith<Item>(
  first: IteratorResult<Item, void>,
  rest: AsyncGenerator<Item, void>,
  release: () => void = () => undefined,
): AsyncGenerator<Item, void> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    release();
  }
}
