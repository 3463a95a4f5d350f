import type { Tool } from 'openai/resources/responses/responses';
import { z } from 'zod';
import type { SkillTypeDefinition } from './definition';
import { toolEntry } from './tool-entry';

const settings = z.object({
  memoryLimit: z
    .enum(['1g', '4g', '16g', '64g'])
    .optional()
    .meta({
      title: 'Memory',
      description: 'Of the container. More costs more.',
      enumNames: ['1 GB', '4 GB', '16 GB', '64 GB'],
    }),
  fileIds: z
    .array(
      z
        .string()
        .trim()
        .regex(/^file[-_][\w-]+$/, 'Enter the id of a file at OpenAI, such as file-abc123.'),
    )
    .max(100)
    .optional()
    .meta({
      title: 'Files',
      description: 'Ids of files at OpenAI that lie in the container when it starts.',
      placeholder: 'file-…',
    }),
});

export const codeInterpreter: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'code-interpreter',
    name: 'Code interpreter',
    description: 'Writes Python and runs it in a container at OpenAI; files that it makes come back.',
    toolScopes: ['code'],
  },
  settings,
  toEntry: ({ memoryLimit, fileIds }) =>
    toolEntry<Tool.CodeInterpreter>({
      type: 'code_interpreter',
      container: { type: 'auto', memory_limit: memoryLimit, file_ids: fileIds },
    }),
};
