/**
 * Starts the sandbox's worker from its TypeScript source. Worker threads get none of Jest's transforms, and the worker must stay
 * an ES module, so that just-bash is loaded as one.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
await import('../../sandbox-worker.ts');
