import type { Provider } from './provider';
import type { SettingsSchema } from './settings-schema';

/** The definition as its author writes it: the settings' type comes from the schema. */
export type ProviderDefinition<Settings> = Provider<Settings> & {
  readonly settingsSchema: SettingsSchema<Settings>;
};

/**
 * Defines a provider, with types that follow from its settings' schema. It checks nothing that a compiler does not: what the
 * plugin demands of an adapter is found out, and told to people, when it is installed.
 *
 * An adapter's package has `"strapi": { "kind": "skills-provider" }` in its `package.json`, and its main entry exports the
 * provider under the name `provider`.
 */
export function defineProvider<Settings>(definition: ProviderDefinition<Settings>): Provider<Settings> {
  return definition;
}
