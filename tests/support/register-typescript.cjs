/**
 * Lets plain Node run our TypeScript source: `node --require ./tests/support/register-typescript.cjs x.ts`.
 * Benchmarks and the children of crash tests use it, where Jest's own transform is not there. Types are not checked.
 */
const Module = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { transformSync } = require('@swc/core');
const { addHook } = require('pirates');

addHook(
  (code, filename) =>
    transformSync(code, {
      filename,
      sourceMaps: 'inline',
      module: { type: 'commonjs' },
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    }).code,
  { exts: ['.ts'], ignoreNodeModules: true },
);

const shared = /^strapi-plugin-skills-shared\/(\w+)$/;
const adapter = /^strapi-provider-skills-(\w+)$/;
const worker = 'strapi-plugin-skills/sandbox-worker';
const resolveFilename = Module._resolveFilename;

// Not by the `source` condition: Strapi's packages name it too, for files that they do not ship.
Module._resolveFilename = function resolveSource(request, ...rest) {
  // The transform makes a `require` of our `import()`, which takes paths alone.
  if (request.startsWith('file://')) return resolveFilename.call(this, fileURLToPath(request), ...rest);
  const entry = shared.exec(request)?.[1];
  const target = entry === undefined ? request : path.join(__dirname, '../../shared', entry, 'index.ts');
  const provider = adapter.exec(request)?.[1];
  if (provider !== undefined) {
    const source = path.join(__dirname, '../../provider-adapters', provider, 'src/index.ts');
    return resolveFilename.call(this, source, ...rest);
  }
  if (request === worker) return path.join(__dirname, '../../sandbox-worker.ts');
  return resolveFilename.call(this, target, ...rest);
};
