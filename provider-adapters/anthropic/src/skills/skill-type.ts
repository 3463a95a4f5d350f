import type { JsonObject, SkillType } from 'strapi-plugin-skills-shared/provider';
import type { ToolUnion } from '@anthropic-ai/sdk/resources/messages';
import type { z } from 'zod';

/** A skill that Anthropic keeps, for the container that code execution works in. */
export interface ContainerSkill {
  type: 'anthropic' | 'custom';
  skill_id: string;
  version: string;
}

/** What a skill adds to a request. */
export interface RequestPart {
  tools: ToolUnion[];
  containerSkills: ContainerSkill[];
}

/** One of Anthropic's tools as a skill type: what there is to set, and what it becomes. */
export interface SkillTypeDefinition<Schema extends z.ZodType> {
  readonly type: SkillType;
  readonly settings: Schema;
  toPart(settings: z.output<Schema>): RequestPart;
}

/** A definition that hides its settings' type: whoever looks one up by its id cannot know it. */
export interface AnySkillType {
  readonly type: SkillType;
  readonly settings: z.ZodType<JsonObject>;
  toPart(settings: JsonObject): RequestPart;
}

export const anySkillType = <Schema extends z.ZodType>(
  definition: SkillTypeDefinition<Schema>,
): AnySkillType => ({
  type: definition.type,
  settings: definition.settings as unknown as z.ZodType<JsonObject>,
  toPart: (settings) => definition.toPart(settings as z.output<Schema>),
});

/** An entry of `tools` without what is not set, as plain JSON. */
export function withoutUnset<Entry extends object>(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isUnset(value))) as Entry;
}

const isUnset = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
