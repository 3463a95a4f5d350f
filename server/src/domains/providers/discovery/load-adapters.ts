import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import { specificationVersion } from 'strapi-plugin-skills-shared/provider';
import { readDefinition } from '../definition/read-definition';
import type { LoadedProvider } from '../providers-service';
import { wrapProvider } from '../wrapping/loaded-provider';
import { findAdapters, type AdapterSearch, type FoundAdapter } from './find-adapters';
import { importAdapter } from './import-adapter';

export interface LoadedAdapters {
  /** All that were found, by their package's name. */
  installed: InstalledProvider[];
  /** Those that can be used, by id. */
  providers: Map<string, LoadedProvider>;
}

interface Outcome {
  installed: InstalledProvider;
  provider?: LoadedProvider;
}

/**
 * Finds and loads the app's adapters. Never rejects for what a package is or does: a broken one is listed with the reason, and
 * `warn` is told. Of two with one id, the first by name is used.
 */
export async function loadAdapters(
  search: AdapterSearch,
  warn: (message: string) => void,
  load: typeof importAdapter = importAdapter,
): Promise<LoadedAdapters> {
  const found = await findAdapters(search);
  const outcomes = await Promise.all(found.map((adapter) => loadOne(adapter, warn, load)));
  const providers = new Map<string, LoadedProvider>();
  const installed = outcomes.map(({ installed: row, provider }): InstalledProvider => {
    const first = provider && providers.get(provider.id);
    if (!provider) return row;
    if (!first) {
      providers.set(provider.id, provider);
      return row;
    }
    const message = `The package ${first.package} offers a provider with the id ${provider.id} already.`;
    return { ...row, state: 'rejected', rejection: { code: 'duplicate-id', message } };
  });
  for (const { package: name, state, rejection } of installed)
    if (state === 'rejected') warn(`The adapter ${name} is not used. ${rejection?.message}`);
  return { installed, providers };
}

async function loadOne(
  found: FoundAdapter,
  warn: (message: string) => void,
  load: typeof importAdapter,
): Promise<Outcome> {
  const blank = blankRow(found);
  if (found.rejection !== null) return { installed: blank };
  let definition: unknown;
  try {
    definition = await load(found.package);
  } catch (error) {
    // The reason is for whoever installed it; it is the package's own, and was thrown before anybody entered a secret.
    const message = `It could not be loaded: ${firstLine(error)}`;
    return { installed: { ...blank, state: 'rejected', rejection: { code: 'load-failed', message } } };
  }
  const read = readDefinition(definition);
  if (read.rejection !== null) {
    const { rejection, id, displayName, specificationVersion: version } = read;
    return {
      installed: { ...blank, state: 'rejected', rejection, id, displayName, specificationVersion: version },
    };
  }
  for (const warning of read.warnings) warn(`About the adapter ${found.name}: ${warning}`);
  const provider = wrapProvider({ package: found.name, ...read });
  return {
    provider,
    installed: {
      ...blank,
      specificationVersion,
      id: provider.id,
      displayName: provider.displayName,
      description: read.provider.description ?? null,
      icon: provider.icon,
      capabilities: [...provider.summary],
      settingsSchema: provider.settings.jsonSchema,
    },
  };
}

function blankRow({ name, version, rejection }: FoundAdapter): InstalledProvider {
  return {
    package: name,
    packageVersion: version,
    state: rejection === null ? 'loaded' : rejection.code === 'disabled' ? 'disabled' : 'rejected',
    rejection,
    specificationVersion: null,
    id: null,
    displayName: null,
    description: null,
    icon: null,
    capabilities: [],
    settingsSchema: null,
  };
}

/** Node's errors of missing modules go on with the stack of requires. */
function firstLine(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
