import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { checkOrphans, checkProviders, runProviderSkill, uninstallAdapter } from './adapters';
import { createConsumer, pack, type PackedPackage } from './consumer';
import { inApp, type Session } from './in-app';
import { runCommand } from './run-command';

const root = path.resolve(__dirname, '../..');
const fixtures = path.join(__dirname, 'fixtures');

/** Sources, tests and settings of this repository are nobody's business who installs the package. */
function checkPackedPaths(paths: readonly string[]): void {
  const strays = paths.filter((packed) =>
    /(^|\/)(tests?|fixtures|conformance|playground)\/|\.(test|conformance)\.|-fixture\.|tsconfig|\.tsbuildinfo/.test(
      packed,
    ),
  );
  assert.deepEqual(strays, [], 'The tarball holds files that no user needs.');
  for (const needed of ['LICENSE', 'README.md', 'package.json'])
    assert.ok(paths.includes(needed), `${needed} is not packed.`);
}

/** Imports every export's types, as TypeScript resolves them for a Node package and for a bundler. */
function checkTypes(app: string): void {
  const folder = path.join(app, 'types-check');
  cpSync(path.join(fixtures, 'types'), folder, { recursive: true });
  for (const [module, moduleResolution] of [
    ['Node16', 'Node16'],
    ['Preserve', 'Bundler'],
  ]) {
    const config = path.join(folder, `tsconfig.${moduleResolution}.json`);
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'ES2022',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      skipLibCheck: true,
      types: [],
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['imports.ts'] }));
    runCommand(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', config], {
      cwd: app,
    });
  }
}

function importByCommand(app: string, env: Record<string, string>): void {
  const command = path.join(app, 'node_modules/.bin/strapi-skills');
  const printed = runCommand(command, ['import', path.join(fixtures, 'greet'), '--publish', '--json'], {
    cwd: app,
    env,
  });
  const [result] = JSON.parse(printed) as ImportResult[];
  assert.equal(result?.outcome, 'created');
  assert.equal(result.alias, 'greet');
}

async function runScriptSkill({ client, token }: Session): Promise<void> {
  const run = await client.runSkill(token, 'greet', { input: { name: 'Ada' } });
  assert.equal(run.status, 'completed', JSON.stringify(run.error));
  assert.deepEqual(run.output, { greeting: 'Hello, Ada' });
  assert.deepEqual(
    run.artifacts.map(({ name }) => name),
    ['greeting.txt'],
  );
}

const checks = { passed: 0 };

async function timed(title: string, work: () => void | Promise<void>): Promise<void> {
  const began = Date.now();
  await work();
  checks.passed += 1;
  console.log(`ok - ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** Packs what a user installs: the plugin, what it shares, and adapters, one of which is broken and one of the future. */
function packAll(into: string): { plugin: PackedPackage; tarballs: Record<string, string> } {
  const plugin = pack(root, into);
  const adapters = ['openai', 'anthropic'].map((id) => path.join(root, 'provider-adapters', id));
  const rejected = ['broken', 'future'].map((id) => path.join(fixtures, 'adapters', id));
  const packed = [
    plugin,
    ...[path.join(root, 'shared'), ...adapters, ...rejected].map((at) => pack(at, into)),
  ];
  return { plugin, tarballs: Object.fromEntries(packed.map(({ name, tarball }) => [name, tarball])) };
}

/**
 * What a user gets: the tarballs, installed into an app outside the workspace. A workspace hides a dependency that nobody
 * declared and a file that nobody packed.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-consumer-'));
  const app = path.join(folder, 'app');
  const env = { DATABASE_FILENAME: '.tmp/data.db', SERVE_ADMIN_PANEL: 'false', STARTUP_MESSAGE: 'false' };
  try {
    mkdirSync(path.join(app, '.tmp'), { recursive: true });
    const { plugin, tarballs } = packAll(folder);
    await timed('the tarballs hold what users need, and nothing else', () => checkPackedPaths(plugin.paths));
    await timed('the tarballs install into a new app', () => createConsumer(app, tarballs));
    await timed('types of every export resolve', () => checkTypes(app));
    await timed('strapi-skills imports and publishes a skill', () => importByCommand(app, env));
    await inApp({ app, env }, async (session) => {
      await timed('the skill runs over the content API', () => runScriptSkill(session));
      await timed('adapters are found, and those that cannot be used say why', () => checkProviders(session));
      await timed('a skill of an adapter runs over the content API', () => runProviderSkill(session));
    });
    uninstallAdapter(app);
    await inApp({ app, env }, (session) =>
      timed('what an uninstalled adapter leaves behind is readable', () => checkOrphans(session)),
    );
    console.log(`\n${checks.passed} passed, 0 failed, 0 skipped`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  console.log(`\n${checks.passed} passed, 1 failed, 0 skipped`);
  process.exit(1);
});
