import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command';

const root = path.resolve(__dirname, '../..');
const playground = path.join(root, 'playground');

interface Manifest {
  name: string;
  version: string;
  dependencies: Record<string, string>;
  overrides?: Record<string, string>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

interface NpmPack {
  name: string;
  filename: string;
  files: { path: string }[];
}

export interface PackedPackage {
  name: string;
  tarball: string;
  /** The paths inside. */
  paths: string[];
}

/** Packs a package as `npm publish` would. */
export function pack(folder: string, into: string): PackedPackage {
  const printed = runCommand('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: folder,
  });
  const [packed] = JSON.parse(printed) as NpmPack[];
  if (packed === undefined) throw new Error(`npm packed nothing in ${folder}.`);
  const { name, filename, files } = packed;
  return { name, tarball: path.join(into, filename), paths: files.map((file) => file.path) };
}

/**
 * A new Strapi app in `folder`, with the playground's configuration and packed packages, by their names, instead of the
 * workspace's. It installs as a user's app does: whatever the tarballs forgot to declare is missing.
 */
export function createConsumer(folder: string, tarballs: Readonly<Record<string, string>>): void {
  const files = Object.fromEntries(
    Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]),
  );
  const manifest = {
    ...readManifest(playground),
    name: 'consumer',
    dependencies: { ...readManifest(playground).dependencies, ...files },
    overrides: readManifest(root).overrides,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const part of ['config', 'src', 'public', 'database', 'keys.js']) {
    cpSync(path.join(playground, part), path.join(folder, part), { recursive: true });
  }
  cpSync(path.join(__dirname, 'fixtures/plugins.js'), path.join(folder, 'config/plugins.js'));
  runCommand('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
  });
}
