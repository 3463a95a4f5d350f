type Wait = (typeof Atomics)['wait'];

/**
 * just-bash's Python waits for the answer to each operation on a file, and takes every waking for that answer. But an answer is told by a
 * number first, and by a waking after it: where much is going on, Python has seen the number, has gone on and waits for the next answer
 * by the time it is woken for the last one. It would take that for an I/O error; so a waking by which nothing has changed is slept through.
 */
export function patient(wait: Wait): Wait {
  return (array: Int32Array | BigInt64Array, index: number, value: number | bigint, timeout = Infinity) => {
    const until = performance.now() + timeout;
    for (;;) {
      const left = Math.max(0, until - performance.now());
      const woken = wait(array as Int32Array, index, value as number, left);
      if (woken !== 'ok' || Atomics.load(array as Int32Array, index) !== value) return woken;
    }
  };
}
