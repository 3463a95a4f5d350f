import type { FileSearchTool } from 'openai/resources/responses/responses';
import { z } from 'zod';
import type { SkillTypeDefinition } from './definition';
import { toolEntry } from './tool-entry';

const settings = z.object({
  vectorStoreIds: z
    .array(
      z
        .string()
        .trim()
        .regex(/^vs_[\w-]+$/, 'Enter the id of a vector store, such as vs_abc123.'),
    )
    .min(1)
    .max(10)
    .meta({
      title: 'Vector stores',
      description: 'Ids of the vector stores at OpenAI to search in.',
      placeholder: 'vs_…',
    }),
  maxResults: z.number().int().min(1).max(50).optional().meta({
    title: 'Results',
    description: 'How many passages the model gets at most, from 1 to 50.',
  }),
  scoreThreshold: z.number().min(0).max(1).optional().meta({
    title: 'Lowest score',
    description: 'From 0 to 1: passages that fit less well are left out.',
  }),
});

export const fileSearch: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'file-search',
    name: 'File search',
    description: 'Searches files that were put into vector stores at OpenAI.',
    toolScopes: ['search'],
  },
  settings,
  toEntry: ({ vectorStoreIds, maxResults, scoreThreshold }) =>
    toolEntry<FileSearchTool>({
      type: 'file_search',
      vector_store_ids: vectorStoreIds,
      max_num_results: maxResults,
      ranking_options: { score_threshold: scoreThreshold },
    }),
};
