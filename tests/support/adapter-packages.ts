import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A package to be installed: what its package.json says beside name and version, and its files. */
export interface AdapterPackage {
  manifest?: Record<string, unknown>;
  files: Record<string, string>;
}

export interface AppWithAdapters {
  dir: string;
  install(name: string, adapter: AdapterPackage): void;
  /** Removes the folder, as `npm uninstall` would; the app still depends on it, or not. */
  uninstall(name: string): void;
  /** Writes what the app depends on. */
  dependOn(names: readonly string[]): void;
  /** Takes Strapi's encryption key out of the app's configuration. */
  forgetEncryptionKey(): void;
  remove(): void;
}

/** What makes a package an adapter. */
export const adapterManifest = { strapi: { kind: 'skills-provider' } };

/**
 * The source of a CommonJS adapter without any dependency: its schema is written by hand, so it proves that no library is
 * presupposed. `change` is the source of an object that goes over the definition.
 */
export function adapterSource(id: string, change = '{}'): string {
  return `
const properties = {
  apiKey: { type: 'string', title: 'API key', secret: true },
  password: { anyOf: [{ type: 'string', secret: true }, { type: 'null' }] },
  baseUrl: { type: 'string', title: 'Base URL', destination: true, default: 'https://api.example.com' },
  region: { type: 'string' },
};
const settingsSchema = {
  '~standard': {
    version: 1,
    vendor: 'hand',
    validate: (value) =>
      value.region === 'nowhere'
        ? { issues: [{ message: 'There is no such region.', path: ['region'] }] }
        : { value },
    jsonSchema: { input: () => ({ type: 'object', properties }) },
  },
};
exports.provider = Object.assign({
  specificationVersion: 1,
  id: ${JSON.stringify(id)},
  displayName: ${JSON.stringify(`The ${id}`)},
  settingsSchema,
  capabilities: { chat: { create: () => ({}), features: { skills: {}, vision: {} } }, telepathy: { create: () => ({}) } },
  testConnection: async ({ settings }) => ({ message: 'Reached with ' + settings.apiKey }),
}, ${change});
`;
}

/** A copy of the test app with packages of its own; its database and configuration are the test app's. */
export function makeAppWithAdapters(): AppWithAdapters {
  const app = path.join(__dirname, 'app');
  const dir = mkdtempSync(path.join(tmpdir(), 'skills-app-'));
  mkdirSync(path.join(dir, 'node_modules'));
  for (const shared of ['options.js', 'database', 'public', 'src'])
    symlinkSync(path.join(app, shared), path.join(dir, shared));
  for (const own of ['package.json', 'config'])
    cpSync(path.join(app, own), path.join(dir, own), { recursive: true });
  return {
    dir,
    install(name, adapter) {
      writePackage(path.join(dir, 'node_modules', name), name, adapter);
    },
    uninstall: (name) => rmSync(path.join(dir, 'node_modules', name), { recursive: true }),
    dependOn(names) {
      const manifest = { name: 'app', version: '0.0.0', strapi: { uuid: false } };
      const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
      writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    },
    forgetEncryptionKey() {
      const file = path.join(dir, 'config', 'admin.js');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^.*encryptionKey.*$/m, ''));
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export function writePackage(folder: string, name: string, { manifest, files }: AdapterPackage): void {
  const all = { 'package.json': JSON.stringify({ name, version: '1.2.3', ...manifest }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}
