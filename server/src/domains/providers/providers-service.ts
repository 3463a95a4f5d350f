import type {
  Capabilities,
  CapabilityId,
  ChatCapability,
  ChatClient,
  ConnectionTest,
  EmbeddingClient,
  FeatureId,
  FeatureTypes,
  ModelPrice,
  ProviderContext,
  SettingsResult,
} from 'strapi-plugin-skills-shared/provider';
import type { InstalledProvider, ProviderCapability } from 'strapi-plugin-skills-shared/contracts';

/** A feature whose functions have their connection's context already. */
export type Bound<Feature> = {
  [Key in keyof Feature]: Feature[Key] extends (context: never, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : Feature[Key];
};

/**
 * What the plugin adds to a capability, a provider and a connected provider: over a provider, the features of all its capabilities, each
 * once. `get` throws 400 `feature-missing`.
 */
export interface FeatureHolder {
  getFeatures(): readonly string[];
  hasFeature(id: string): boolean;
  getFeature<Id extends FeatureId>(id: Id): FeatureTypes<unknown>[Id];
  tryGetFeature<Id extends FeatureId>(id: Id): FeatureTypes<unknown>[Id] | undefined;
}

/** The same where settings are bound. */
export interface BoundFeatureHolder {
  getFeatures(): readonly string[];
  hasFeature(id: string): boolean;
  getFeature<Id extends FeatureId>(id: Id): Bound<FeatureTypes<unknown>[Id]>;
  tryGetFeature<Id extends FeatureId>(id: Id): Bound<FeatureTypes<unknown>[Id]> | undefined;
}

export interface LoadedCapability extends FeatureHolder {
  readonly id: string;
}

/** What a settings' schema says, without knowing the library that it is written with. */
export interface SettingsForm {
  /** JSON Schema, draft 2020-12. */
  readonly jsonSchema: Record<string, unknown>;
  readonly secretFields: readonly string[];
  /** Fields that say where secrets are sent. */
  readonly destinationFields: readonly string[];
  /** What the schema makes of settings, or finds wrong with them. */
  inspect(settings: Record<string, unknown>): Promise<SettingsResult<unknown>>;
  /** Rejects with 400 `settings-invalid`, the field in `path` below `at`. */
  validate(settings: Record<string, unknown>, at: readonly string[]): Promise<unknown>;
}

/** An adapter that is installed, loaded and usable. */
export interface LoadedProvider extends FeatureHolder {
  readonly package: string;
  readonly id: string;
  readonly displayName: string;
  readonly icon: string | null;
  readonly settings: SettingsForm;
  readonly capabilities: readonly LoadedCapability[];
  readonly summary: readonly ProviderCapability[];
  /** What the adapter knows of its vendor's prices. */
  readonly prices: readonly ModelPrice[];
  capability<Id extends CapabilityId>(id: Id): Capabilities<unknown>[Id] | undefined;
  /** Binds settings that `settings.validate` answered. Asks nobody. */
  connect(settings: unknown, context: ProviderContext): ConnectedProvider;
}

/** A provider with settings: what domains work with. */
export interface ConnectedProvider extends BoundFeatureHolder {
  readonly provider: LoadedProvider;
  /** 400 `capability-missing`. */
  chat(): ChatClient;
  embedding(): EmbeddingClient;
  /** The model of a request that names none; undefined when the connection has no choice either. */
  defaultModel(): string | undefined;
  test(): Promise<ConnectionTest>;
}

export interface ProvidersService {
  /** All packages of the app that say they are adapters, those that could not be loaded too, by name. */
  list(): readonly InstalledProvider[];
  find(id: string): LoadedProvider | undefined;
  /** 404 `provider-not-found`, with the reason when an adapter of that id was rejected. */
  get(id: string): LoadedProvider;
}

export type { ChatCapability };
