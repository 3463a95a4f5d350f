import type { JsonObject, SkillType } from 'strapi-plugin-skills-shared/provider';
import type { z } from 'zod';

/** One of OpenAI's tools as a skill type: what there is to set, and the entry of `tools` that it becomes. */
export interface SkillTypeDefinition<Schema extends z.ZodType> {
  readonly type: SkillType;
  readonly settings: Schema;
  toEntry(settings: z.output<Schema>): JsonObject;
}
