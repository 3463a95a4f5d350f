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

interface PackedPackage {
  filename: string;
  files: { path: string }[];
}

/** Packs a package as `npm publish` would; answers the tarball and the paths inside. */
export function pack(folder: string, into: string): { tarball: string; paths: string[] } {
  const printed = runCommand('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: folder,
  });
  const [packed] = JSON.parse(printed) as PackedPackage[];
  if (packed === undefined) throw new Error(`npm packed nothing in ${folder}.`);
  return { tarball: path.join(into, packed.filename), paths: packed.files.map((file) => file.path) };
}

/**
 * A new Strapi app in `folder`, with the playground's configuration and the packed plugin instead of the workspace's. It
 * installs as a user's app does: whatever the tarballs forgot to declare is missing.
 */
export function createConsumer(folder: string, tarballs: { plugin: string; shared: string }): void {
  const { dependencies } = readManifest(playground);
  const manifest = {
    ...readManifest(playground),
    name: 'consumer',
    dependencies: {
      ...dependencies,
      'strapi-plugin-skills': `file:${tarballs.plugin}`,
      'strapi-plugin-skills-shared': `file:${tarballs.shared}`,
    },
    overrides: readManifest(root).overrides,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const part of ['config', 'src', 'public', 'database', 'keys.js']) {
    cpSync(path.join(playground, part), path.join(folder, part), { recursive: true });
  }
  runCommand('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
  });
}
