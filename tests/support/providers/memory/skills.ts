import type { JsonObject, SkillsFeature, SkillType } from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import { askFor } from './requests';
import type { MemorySettings } from './settings';
import { skillTypesSchema } from './wire';

const webSearch = z.object({
  contextSize: z
    .enum(['low', 'medium', 'high'])
    .default('medium')
    .meta({ title: 'Context size', enumNames: ['Small', 'Medium', 'Large'] }),
  allowedDomains: z
    .array(z.string().min(1).max(255))
    .max(20)
    .optional()
    .meta({ title: 'Allowed domains', description: 'Only these are searched. All of them when empty.' }),
  userLocation: z
    .object({
      city: z.string().max(100).optional().meta({ title: 'City' }),
      country: z.string().length(2).optional().meta({ title: 'Country', placeholder: 'DE' }),
    })
    .optional()
    .meta({ title: 'User location' }),
  maxResults: z.int().min(1).max(50).default(10).meta({ title: 'Results at most' }),
  safe: z.boolean().default(true).meta({ title: 'Leave out what is unsafe' }),
});

const codeInterpreter = z.object({
  memoryMb: z.int().min(64).max(4096).default(512).meta({ title: 'Memory', description: 'In megabytes.' }),
  preamble: z.string().max(4_000).optional().meta({ title: 'Preamble', multiline: true }),
});

interface Definition {
  type: SkillType;
  schema: z.ZodType<JsonObject>;
}

const definitions: readonly Definition[] = [
  {
    type: {
      skillTypeId: 'web-search',
      name: 'Web search',
      description: 'Looks things up on the web.',
      toolScopes: ['web'],
    },
    schema: webSearch as unknown as z.ZodType<JsonObject>,
  },
  {
    type: {
      skillTypeId: 'code-interpreter',
      name: 'Code interpreter',
      description: 'Runs code that the model writes.',
      toolScopes: ['code'],
    },
    schema: codeInterpreter as unknown as z.ZodType<JsonObject>,
  },
  {
    type: { skillTypeId: 'image-generation', name: 'Image generation', description: 'Paints an image.' },
    schema: z.object({}),
  },
];

const find = (skillTypeId: string) => definitions.find(({ type }) => type.skillTypeId === skillTypeId);

/** The entry of a request's `tools`, as the peer names it. Throws `unsupported-feature`. */
export function toTool(skillTypeId: string, settings: JsonObject) {
  if (!find(skillTypeId))
    throw new ProviderError({
      code: 'unsupported-feature',
      message: `The memory peer has no skill type "${skillTypeId}".`,
    });
  return { dialect: 'memory', tools: [{ type: skillTypeId.replace('-', '_'), ...settings }] };
}

export const skills: SkillsFeature<MemorySettings> = {
  async listSkillTypes(context) {
    const { skillTypes } = await askFor(context, skillTypesSchema, '/skill-types');
    return definitions.map(({ type }) => type).filter(({ skillTypeId }) => skillTypes.includes(skillTypeId));
  },
  settingsSchema: (_context, skillTypeId) => find(skillTypeId)?.schema,
  toTool: (_context, skillTypeId, settings) => toTool(skillTypeId, settings),
};
