import { join, dirname } from 'node:path';

/**
 * Where the worker's code lies. It is an export of its own, found by the package's name: bundlers rewrite or refuse
 * `new Worker(new URL(…))`. It is an ES module, because just-bash finds its Python only when it is loaded as one.
 *
 * From TypeScript source (tests and benchmarks, which resolve our packages to it) Node cannot run it as it is; the
 * repository's own starter translates it on the way.
 */
export function locateWorker(): string {
  const entry = require.resolve('strapi-plugin-skills/sandbox-worker');
  return entry.endsWith('.ts') ? join(dirname(entry), 'tests/support/typescript-worker.mjs') : entry;
}
