import type { Tool } from 'openai/resources/responses/responses';
import { z } from 'zod';
import type { SkillTypeDefinition } from './definition';
import { toolEntry } from './tool-entry';

const settings = z
  .object({
    model: z.string().trim().max(100).optional().meta({
      title: 'Image model',
      description: 'OpenAI chooses when it is empty.',
      placeholder: 'gpt-image-1.5',
    }),
    size: z
      .enum(['auto', '1024x1024', '1024x1536', '1536x1024'])
      .optional()
      .meta({
        title: 'Size',
        enumNames: ['Automatic', 'Square (1024 × 1024)', 'Portrait (1024 × 1536)', 'Landscape (1536 × 1024)'],
      }),
    quality: z
      .enum(['auto', 'low', 'medium', 'high'])
      .optional()
      .meta({
        title: 'Quality',
        description: 'Higher costs more.',
        enumNames: ['Automatic', 'Low', 'Medium', 'High'],
      }),
    background: z
      .enum(['auto', 'transparent', 'opaque'])
      .optional()
      .meta({ title: 'Background', enumNames: ['Automatic', 'Transparent', 'Opaque'] }),
    outputFormat: z
      .enum(['png', 'webp', 'jpeg'])
      .optional()
      .meta({ title: 'Format', enumNames: ['PNG', 'WebP', 'JPEG'] }),
    outputCompression: z.number().int().min(0).max(100).optional().meta({
      title: 'Compression',
      description: 'Of WebP and JPEG: from 0 to 100, where 100 is the best image.',
    }),
    moderation: z
      .enum(['auto', 'low'])
      .optional()
      .meta({ title: 'Moderation', enumNames: ['Automatic', 'Low'] }),
  })
  .refine(({ background, outputFormat }) => background !== 'transparent' || outputFormat !== 'jpeg', {
    path: ['background'],
    message: 'JPEG has no transparent background; choose PNG or WebP.',
  });

export const imageGeneration: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'image-generation',
    name: 'Image generation',
    description: 'Draws images, and changes images that it is given.',
    toolScopes: ['images'],
  },
  settings,
  toEntry: ({ model, size, quality, background, outputFormat, outputCompression, moderation }) =>
    toolEntry<Tool.ImageGeneration>({
      type: 'image_generation',
      model,
      size,
      quality,
      background,
      output_format: outputFormat,
      output_compression: outputCompression,
      moderation,
    }),
};
