import type { ConnectionContext } from '../context';
import type { JsonObject, SettingsSchema } from '../settings-schema';

/** Something that a provider can switch on for a request: web search, a code interpreter. */
export interface SkillType {
  /** Stable, in kebab-case: it is stored with skills. At most 100 characters. */
  skillTypeId: string;
  name: string;
  description: string;
  /** A `data:image/svg+xml` URL; or absent. */
  icon?: string;
  /** Ids of tool scopes that a skill of this type begins with (`web`, `code`). */
  toolScopes?: string[];
}

/** What an agent puts into its own request to the vendor to have this skill. */
export interface SkillTool {
  /** Whose requests these are, in the vendor's short name: `openai`, `anthropic`. */
  dialect: string;
  /** Entries of the request's `tools`. */
  tools: JsonObject[];
  /** Further members of the request's body (`container`), where the tool alone does not do. */
  request?: JsonObject;
  /** Headers that the vendor demands beside (`anthropic-beta`). */
  headers?: Record<string, string>;
}

/** Feature `skills` of the capability `chat`: skill types, their settings, and what those become in a request. */
export interface SkillsFeature<Settings = unknown> {
  /** The types that this connection offers now. May ask the vendor; rejects with a `ProviderError`. */
  listSkillTypes(context: ConnectionContext<Settings>): Promise<SkillType[]>;
  /** Undefined for a type that there is none of. An object without fields for one that has nothing to set. Never asks the vendor. */
  settingsSchema(
    context: ConnectionContext<Settings>,
    skillTypeId: string,
  ): SettingsSchema<JsonObject> | undefined;
  /**
   * `settings` are what the schema's `validate` answered. Throws a `ProviderError` `unsupported-feature` for a type that there is
   * none of. Never asks the vendor.
   */
  toTool(context: ConnectionContext<Settings>, skillTypeId: string, settings: JsonObject): SkillTool;
}
