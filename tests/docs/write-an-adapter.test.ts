import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestFunctions } from 'strapi-plugin-skills-shared/conformance';
import ts from 'typescript';

const root = path.join(__dirname, '../..');
const tutorial = path.join(root, 'docs/write-an-adapter.md');
/** Where the files of the page seem to lie: beside nothing, within reach of what they import. */
const folder = path.join(root, 'tests/docs/parrot');

/** The page's code blocks that name a file, by that name. */
function filesOf(page: string): Map<string, string> {
  const blocks = page.matchAll(/^```\w+ ([\w.-]+)\n(.*?)^```$/gms);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

const files = filesOf(readFileSync(tutorial, 'utf8'));
const sources = [...files.keys()].filter((name) => name.endsWith('.ts'));

const options: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['source'],
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  typeRoots: [path.join(root, 'node_modules/@types')],
  skipLibCheck: true,
  noEmit: true,
};

/** A host that finds the page's files in the folder that is not there. */
function hostOfPage(): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  const inPage = (file: string) =>
    path.dirname(file) === folder ? files.get(path.basename(file)) : undefined;
  return {
    ...host,
    directoryExists: (name) => name === folder || ts.sys.directoryExists(name),
    fileExists: (file) => inPage(file) !== undefined || fileExists(file),
    readFile: (file) => inPage(file) ?? readFile(file),
    getSourceFile(file, version, ...rest) {
      const text = inPage(file);
      return text === undefined
        ? getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, text, version);
    },
  };
}

/** Runs the page's modules, which import one another and what is installed here. */
function load(name: string, loaded = new Map<string, object>()): Record<string, unknown> {
  const before = loaded.get(name);
  if (before) return before as Record<string, unknown>;
  const source = files.get(`${name}.ts`);
  if (source === undefined) throw new Error(`The page has no ${name}.ts.`);
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const module = { exports: {} as Record<string, unknown> };
  loaded.set(name, module.exports);
  const take = (wanted: string): unknown =>
    wanted.startsWith('./') ? load(wanted.slice(2), loaded) : jest.requireActual(wanted);
  new Function('require', 'module', 'exports', outputText)(take, module, module.exports);
  return module.exports;
}

describe('"Write an adapter"', () => {
  it('has code that compiles', () => {
    const names = sources.map((name) => path.join(folder, name));
    const program = ts.createProgram(names, options, hostOfPage());
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      );
    expect(sources).toHaveLength(5);
    expect(problems).toEqual([]);
  });

  it('has a package that the plugin would find', () => {
    expect(JSON.parse(files.get('package.json') ?? '')).toMatchObject({
      strapi: { kind: 'skills-provider' },
      exports: { './package.json': './package.json' },
    });
  });

  const { testParrot } = load('conformance') as { testParrot(functions: TestFunctions): void };
  testParrot({ describe, it, expect, beforeEach, afterEach });
});
