import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { writePackage } from '../../../../../tests/support/adapter-packages';

/**
 * Node's own `import()`, in a process of its own: Jest makes a `require` of it, and would prove nothing about ES modules.
 */
describe("loading an adapter by Node's import", () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'skills-import-'));
    mkdirSync(path.join(dir, 'compiled'));
    for (const file of ['import-adapter', 'package-entry', 'package-folder']) {
      const { code } = transformSync(readFileSync(path.join(__dirname, `${file}.ts`), 'utf8'), {
        filename: `${file}.ts`,
        module: { type: 'commonjs', ignoreDynamic: true },
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      });
      writeFileSync(path.join(dir, 'compiled', `${file}.js`), code);
    }
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function load(manifest: Record<string, unknown>, files: Record<string, string>): Promise<string> {
    const folder = mkdtempSync(path.join(dir, 'package-'));
    writePackage(folder, 'adapter', { manifest, files });
    const script = `
      const { importAdapter } = require('./import-adapter.js');
      const adapter = { name: 'adapter', folder: ${JSON.stringify(folder)}, manifest: ${JSON.stringify(manifest)} };
      importAdapter(adapter, 500).then(
        (definition) => console.log(definition === undefined ? 'nothing' : 'id ' + definition.id),
        (error) => console.log('failed: ' + error.message),
      ).then(() => process.exit());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: path.join(dir, 'compiled'),
    });
    return stdout.trim();
  }

  const definition = "{ id: 'mine', specificationVersion: 1 }";

  it.each([
    [
      'an ES module with `provider`',
      { type: 'module' },
      'index.js',
      `export const provider = ${definition};`,
    ],
    [
      'an ES module with a default',
      { exports: { import: './a.mjs' } },
      'a.mjs',
      `export default ${definition};`,
    ],
    ['CommonJS with `provider`', {}, 'index.js', `exports.provider = ${definition};`],
    ['CommonJS that is the definition', { main: 'lib/a.js' }, 'lib/a.js', `module.exports = ${definition};`],
    [
      'CommonJS compiled from a default export',
      { exports: { '.': { types: './a.d.ts', require: './a.cjs' } } },
      'a.cjs',
      `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = ${definition};`,
    ],
    [
      'CommonJS whose names cannot be known beforehand',
      { exports: './a.cjs' },
      'a.cjs',
      `module.exports = Object.fromEntries([['provider', ${definition}]]);`,
    ],
    [
      'the import condition before the require condition',
      { exports: { '.': { import: './a.mjs', require: './b.cjs' } } },
      'a.mjs',
      `export const provider = ${definition};`,
    ],
  ])('takes %s', async (_name, manifest, file, source) => {
    expect(await load(manifest, { [file]: source, 'b.cjs': 'throw new Error("not this one")' })).toBe(
      'id mine',
    );
  });

  it('answers nothing for a package that exports nothing', async () => {
    expect(await load({}, { 'index.js': '' })).toBe('nothing');
    expect(await load({ type: 'module' }, { 'index.js': 'export const other = 1;' })).toBe('nothing');
  });

  it.each([
    ['throws', 'throw new Error("boom");', 'failed: boom'],
    ['cannot be parsed', 'export const = ;', /^failed: Unexpected token/],
    ['lacks a dependency', 'import "not-installed";', /^failed: Cannot find package 'not-installed'/],
    [
      'never ends',
      'await new Promise(() => setInterval(() => {}, 1000));',
      /^failed: .*longer than 0.5 seconds/,
    ],
  ])('rejects when the package %s', async (_name, source, told) => {
    expect(await load({ type: 'module' }, { 'index.js': source })).toEqual(
      typeof told === 'string' ? told : expect.stringMatching(told),
    );
  });

  it('rejects when there is nothing to import', async () => {
    expect(await load({ exports: { './other': './a.js' } }, {})).toMatch(/^failed: .*no file to import/);
  });
});
