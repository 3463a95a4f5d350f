import type { Tool } from 'openai/resources/responses/responses';
import {
  ProviderError,
  type JsonObject,
  type SkillsFeature,
  type SkillType,
} from 'strapi-plugin-skills-shared/provider';
import type { z } from 'zod';
import { hasOpenAITools, serverName, type Settings } from '../connection/settings';
import { codeInterpreter } from './code-interpreter';
import type { SkillTypeDefinition } from './definition';
import { fileSearch } from './file-search';
import { imageGeneration } from './image-generation';
import { webSearch } from './web-search';

/** A definition that hides its settings' type: whoever looks one up by its id cannot know it. */
interface AnySkillType {
  readonly type: SkillType;
  readonly settings: z.ZodType<JsonObject>;
  toEntry(settings: JsonObject): JsonObject;
}

const anySkillType = <Schema extends z.ZodType>(definition: SkillTypeDefinition<Schema>): AnySkillType => ({
  type: definition.type,
  settings: definition.settings as unknown as z.ZodType<JsonObject>,
  toEntry: (settings) => definition.toEntry(settings as z.output<Schema>),
});

const definitions = new Map(
  [
    anySkillType(webSearch),
    anySkillType(codeInterpreter),
    anySkillType(imageGeneration),
    anySkillType(fileSearch),
  ].map((definition) => [definition.type.skillTypeId, definition]),
);

/** The skill type's name for people, or its id where there is none of it. */
export const skillTypeName = (skillTypeId: string): string =>
  definitions.get(skillTypeId)?.type.name ?? skillTypeId;

/** The entry of `tools` for a skill. Throws `unsupported-feature` for a type that there is none of. */
export function skillTool(skillTypeId: string, settings: JsonObject): Tool {
  const definition = definitions.get(skillTypeId);
  if (!definition) {
    throw new ProviderError({
      code: 'unsupported-feature',
      message: `The OpenAI adapter has no skill type “${skillTypeId}”.`,
    });
  }
  return definition.toEntry(settings) as unknown as Tool;
}

/** Tells that a server has no tools of OpenAI's, by the skills that were asked for. */
export function noToolsThere(settings: Settings, names: readonly string[]): ProviderError {
  const way =
    settings.api === 'chat-completions'
      ? 'that needs the Responses API, and this connection is set to Chat Completions'
      : 'that needs the Responses API and tools that only OpenAI is known to have';
  return new ProviderError({
    code: 'unsupported-feature',
    message: `${serverName(settings)} cannot run ${names.join(', ')}: ${way}.`,
  });
}

/** OpenAI's tools as skills. At other servers there are none, unless the Responses API was chosen for them on purpose. */
export const skills: SkillsFeature<Settings> = {
  listSkillTypes: ({ settings }) =>
    Promise.resolve(hasOpenAITools(settings) ? [...definitions.values()].map(({ type }) => type) : []),
  settingsSchema: (_context, skillTypeId) => definitions.get(skillTypeId)?.settings,
  toTool: (_context, skillTypeId, settings) => ({
    dialect: 'openai',
    tools: [skillTool(skillTypeId, settings) as unknown as JsonObject],
  }),
};
