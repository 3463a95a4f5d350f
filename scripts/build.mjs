import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, runQuietly, runScript, step } from './steps.mjs';

const stamps = path.join(root, 'node_modules/.cache/strapi-plugin-skills/built');
const notSource = /(^|\/)(node_modules|dist|build|samples)$|\.(test|conformance)\.tsx?$/;

/** Each adapter is a package with a build of its own; a new one needs no word here. */
const adapters = readdirSync(path.join(root, 'provider-adapters')).sort();

/** In the order in which they need one another. A stage is built anew when one of its `sources` changed. */
const stages = [
  {
    name: 'shared',
    title: 'Building the shared contracts',
    sources: ['package-lock.json', 'shared'],
    outputs: ['contracts', 'provider', 'conformance'].map((entry) => `shared/dist/${entry}/index.js`),
    build: () => runQuietly('npm', ['run', 'build', '--workspace=shared']),
  },
  ...adapters.map((adapter) => ({
    name: adapter,
    title: `Building the adapter ${adapter}`,
    sources: ['package-lock.json', 'shared', `provider-adapters/${adapter}`],
    outputs: [`provider-adapters/${adapter}/dist/index.js`],
    build: () => runQuietly('npm', ['run', 'build', `--workspace=provider-adapters/${adapter}`]),
  })),
  {
    name: 'plugin',
    title: 'Building the plugin',
    sources: [
      'package.json',
      'package-lock.json',
      'shared',
      'server',
      'admin',
      'strapi-server.ts',
      'strapi-admin.ts',
      'sandbox-worker.ts',
    ],
    outputs: ['server/index.js', 'admin/index.js', 'sandbox-worker/index.mjs', 'cli/index.js'].map(
      (file) => `dist/${file}`,
    ),
    build: () => runQuietly('npx', ['--no-install', 'strapi-plugin', 'build']),
  },
  {
    name: 'panel',
    title: 'Building the admin panel (half a minute)',
    sources: [
      'package.json',
      'package-lock.json',
      'shared',
      'admin',
      'strapi-admin.ts',
      'playground/package.json',
      'playground/config',
      'playground/src/admin',
    ],
    outputs: ['playground/build/index.html'],
    build: () =>
      runQuietly('npx', ['--no-install', 'strapi', 'build'], {
        cwd: path.join(root, 'playground'),
        env: { NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
      }),
  },
];

function* walk(entry) {
  const absolute = path.join(root, entry);
  if (notSource.test(entry) || !existsSync(absolute)) return;
  if (!statSync(absolute).isDirectory()) {
    yield entry;
    return;
  }
  for (const name of readdirSync(absolute).sort()) yield* walk(`${entry}/${name}`);
}

function hashOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of walk(source))
      hash
        .update(`${file}\0`)
        .update(readFileSync(path.join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

function isCurrent(stage, hash) {
  const stamp = path.join(stamps, stage.name);
  const built = stage.outputs.every((output) => existsSync(path.join(root, output)));
  return built && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/** The stamp goes first and comes back last, so that a build that was interrupted is not taken for a whole one. */
async function buildStage(stage, hash) {
  const stamp = path.join(stamps, stage.name);
  rmSync(stamp, { force: true });
  await step(stage.title, stage.build);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, hash);
}

/** Builds `names` (`adapters`: every one) in their order: all of them, or with `ifChanged` only those whose sources are not what was built last. */
export async function build(names, { ifChanged = false } = {}) {
  const asked = names.flatMap((name) => (name === 'adapters' ? adapters : [name]));
  for (const stage of stages.filter(({ name }) => asked.includes(name))) {
    const hash = hashOf(stage.sources);
    if (!ifChanged || !isCurrent(stage, hash)) await buildStage(stage, hash);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const known = ['adapters', ...stages.map(({ name }) => name)];
  const chosen = known.filter((name) => process.argv.includes(name));
  runScript(() =>
    build(chosen.length > 0 ? chosen : ['shared', 'adapters', 'plugin'], {
      ifChanged: process.argv.includes('--if-changed'),
    }),
  );
}
