import type { ChatClient, ModelPrice } from './capabilities/chat';
import type { EmbeddingClient } from './capabilities/embedding';
import type { ConnectionContext, ProviderContext } from './context';
import type { HostedSkillsFeature } from './features/hosted-skills';
import type { SkillsFeature } from './features/skills';
import type { SettingsSchema } from './settings-schema';
import type { SpecificationVersion } from './specification-version';

/**
 * The features that this contract knows, each a set of functions whose first parameter is the connection's context. A feature
 * exists when its implementation does; there are no flags beside it. Others may be added by declaration merging.
 */
export interface FeatureTypes<Settings = unknown> {
  skills: SkillsFeature<Settings>;
  'hosted-skills': HostedSkillsFeature<Settings>;
}

export type FeatureId = keyof FeatureTypes;

/** Features by their id. Ids that this contract does not know are listed, not rejected. */
export type Features<Settings> = Partial<FeatureTypes<Settings>> & { readonly [featureId: string]: unknown };

/** One thing that a provider can do, by itself or with features. */
export interface Capability<Settings, Client> {
  /** Binds settings. Cheap: it asks nobody. */
  create(settings: Settings, context: ProviderContext): Client;
  readonly features?: Features<Settings>;
}

export interface ChatCapability<Settings> extends Capability<Settings, ChatClient> {
  /** The model of a request that names none; undefined leaves the choice to whoever asks. */
  readonly defaultModel?: (settings: Settings) => string | undefined;
  /** What the adapter knows of its vendor's prices; the plugin's config adds and overrides. A model without one costs "unknown". */
  readonly prices?: readonly ModelPrice[];
}

export interface CapabilityTypes<Settings = unknown> {
  chat: ChatCapability<Settings>;
  embedding: Capability<Settings, EmbeddingClient>;
}

export type CapabilityId = keyof CapabilityTypes;

/** Capabilities by their id. Ids that this contract does not know are listed, not rejected. */
export type Capabilities<Settings> = Partial<CapabilityTypes<Settings>> & {
  // The chat capability stands here too, or a literal's `prices` would be taken for a mistake.
  readonly [capabilityId: string]: Capability<Settings, unknown> | ChatCapability<Settings>;
};

export interface ConnectionTest {
  /** What was found, in one sentence for a person: "Reached OpenAI; 62 models are available." */
  message: string;
}

/** An adapter: plain data. The plugin wraps it; nothing of it is called before somebody uses it. */
export interface Provider<Settings = unknown> {
  readonly specificationVersion: SpecificationVersion;
  /** Stable, in kebab-case: it is stored with connections. At most 64 characters. */
  readonly id: string;
  readonly displayName: string;
  readonly description?: string;
  /** A `data:image/svg+xml` URL. */
  readonly icon?: string;
  readonly settingsSchema: SettingsSchema<Settings>;
  readonly capabilities: Capabilities<Settings>;
  /** A real call to the vendor that costs nothing. Rejects with a `ProviderError` whose message says what to do. */
  testConnection(context: ConnectionContext<Settings>): Promise<ConnectionTest>;
}
