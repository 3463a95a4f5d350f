import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { findFreePort } from '../../scripts/app/free-port';
import { StrapiClient } from '../../scripts/app/strapi-client';
import { startStrapi } from '../../scripts/app/strapi-process';
import { createConsumer, pack } from './consumer';
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

async function runOverContentApi(app: string, env: Record<string, string>): Promise<void> {
  const strapi = await startStrapi({ appDir: app, port: await findFreePort(), env });
  try {
    const client = new StrapiClient(strapi.url);
    const adminToken = await client.registerAdministrator({
      email: 'kim@example.com',
      password: 'Administrator-1',
    });
    const token = await client.createApiToken(adminToken, 'consumer');
    const run = await client.runSkill(token, 'greet', { name: 'Ada' });
    assert.equal(run.status, 'completed', JSON.stringify(run.error));
    assert.deepEqual(run.output, { greeting: 'Hello, Ada' });
    assert.deepEqual(
      run.artifacts.map(({ name }) => name),
      ['greeting.txt'],
    );
  } catch (error) {
    console.error(strapi.output());
    throw error;
  } finally {
    await strapi.stop();
  }
}

async function timed(title: string, work: () => void | Promise<void>): Promise<void> {
  const began = Date.now();
  await work();
  console.log(`ok - ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
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
    const plugin = pack(root, folder);
    const shared = pack(path.join(root, 'shared'), folder);
    await timed('the tarballs hold what users need, and nothing else', () => checkPackedPaths(plugin.paths));
    await timed('the tarballs install into a new app', () =>
      createConsumer(app, { plugin: plugin.tarball, shared: shared.tarball }),
    );
    await timed('types of every export resolve', () => checkTypes(app));
    await timed('strapi-skills imports and publishes a skill', () => importByCommand(app, env));
    await timed('the skill runs over the content API', () => runOverContentApi(app, env));
    console.log('\n5 passed, 0 failed, 0 skipped');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('\n0 passed, 1 failed, 0 skipped');
  process.exit(1);
});
