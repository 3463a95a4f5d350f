import path from 'node:path';
import type { ProviderRejection } from 'strapi-plugin-skills-shared/contracts';
import { exportsManifest } from './package-entry';
import { findInstalled, readPackage, type PackageFolder } from './package-folder';

/** The word in a package.json (`strapi.kind`) that makes a package an adapter. */
const ADAPTER_KIND = 'skills-provider';

export interface AdapterOverride {
  enabled: boolean;
  /** A folder, from the app's root or absolute. */
  resolve?: string | undefined;
}

export interface AdapterSearch {
  /** The app's folder. */
  root: string;
  /** Names of the packages that the app depends on. */
  dependencies: readonly string[];
  /** The configuration's word on adapters, by package. */
  overrides: Readonly<Record<string, AdapterOverride>>;
}

/** A package that says it is an adapter, or that the configuration calls one; with the reason when it will not be loaded. */
export type FoundAdapter =
  | { name: string; version: string; package: PackageFolder; rejection: null }
  | { name: string; version: string; rejection: ProviderRejection };

/** Looks through the app's dependencies, and for what the configuration names beside them; by name. */
export async function findAdapters(search: AdapterSearch): Promise<FoundAdapter[]> {
  const names = [...new Set([...search.dependencies, ...Object.keys(search.overrides)])].sort();
  const found = await Promise.all(names.map((name) => findAdapter(name, search)));
  return found.filter((adapter) => adapter !== undefined);
}

async function findAdapter(
  name: string,
  { root, overrides }: AdapterSearch,
): Promise<FoundAdapter | undefined> {
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
  const folder = override?.resolve === undefined ? undefined : path.resolve(root, override.resolve);
  const found = await (folder === undefined ? findInstalled(name, root) : readPackage(name, folder));
  const version = found?.manifest.version ?? '';
  if (override?.enabled === false) {
    return rejected(name, version, 'disabled', 'It is disabled in the configuration of the skills plugin.');
  }
  if (!found) {
    // A dependency that is not installed is Strapi's to complain about, unless it was named to us.
    if (!override) return undefined;
    const where = folder === undefined ? 'among the packages of the app' : `in ${override.resolve}`;
    return rejected(name, '', 'no-manifest', `There is no readable package.json of it ${where}.`);
  }
  if (folder === undefined && found.manifest.strapi?.kind !== ADAPTER_KIND) {
    if (!override) return undefined;
    return rejected(
      name,
      version,
      'no-provider',
      `Its package.json does not say "strapi": { "kind": "${ADAPTER_KIND}" }.`,
    );
  }
  if (!exportsManifest(found.manifest)) {
    return rejected(
      name,
      version,
      'no-manifest',
      'It has "exports" without "./package.json", which its author must add.',
    );
  }
  return { name, version, package: found, rejection: null };
}

function rejected(
  name: string,
  version: string,
  code: ProviderRejection['code'],
  message: string,
): FoundAdapter {
  return { name, version, rejection: { code, message } };
}
