import type {
  ContainerAuto,
  FileSearchTool,
  FunctionShellTool,
  FunctionTool,
  SkillReference,
  Tool,
  WebSearchTool,
} from 'openai/resources/responses/responses';
import { z } from 'zod';
import { exact, id, text, unused } from './exact';

const optionalText = text.min(1).optional();

const functionTool = exact<FunctionTool>()({
  type: z.literal('function'),
  name: text.regex(/^[\w-]{1,64}$/),
  description: optionalText,
  parameters: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean(),
  allowed_callers: unused,
  defer_loading: unused,
  output_schema: unused,
});

const webSearchTool = exact<WebSearchTool>()({
  type: z.literal('web_search'),
  search_context_size: z.enum(['low', 'medium', 'high']).optional(),
  user_location: exact<WebSearchTool.UserLocation>()({
    type: z.literal('approximate').optional(),
    city: optionalText,
    country: text.regex(/^[A-Z]{2}$/).optional(),
    region: optionalText,
    timezone: optionalText,
  }).optional(),
  filters: exact<WebSearchTool.Filters>()({
    allowed_domains: z
      .array(text.regex(/^[^/:]+$/))
      .min(1)
      .max(100),
  }).optional(),
});

const memoryLimit = z.enum(['1g', '4g', '16g', '64g']).optional();

const codeInterpreterTool = exact<Tool.CodeInterpreter>()({
  type: z.literal('code_interpreter'),
  container: exact<Tool.CodeInterpreter.CodeInterpreterToolAuto>()({
    type: z.literal('auto'),
    file_ids: z.array(id).min(1).optional(),
    memory_limit: memoryLimit,
    network_policy: unused,
  }),
  allowed_callers: unused,
});

const imageGenerationTool = exact<Tool.ImageGeneration>()({
  type: z.literal('image_generation'),
  action: unused,
  background: z.enum(['transparent', 'opaque', 'auto']).optional(),
  input_fidelity: unused,
  input_image_mask: unused,
  model: optionalText,
  moderation: z.enum(['auto', 'low']).optional(),
  output_compression: z.number().int().min(0).max(100).optional(),
  output_format: z.enum(['png', 'webp', 'jpeg']).optional(),
  partial_images: unused,
  quality: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  size: z.enum(['1024x1024', '1024x1536', '1536x1024', 'auto']).optional(),
});

const fileSearchTool = exact<FileSearchTool>()({
  type: z.literal('file_search'),
  vector_store_ids: z.array(id).min(1),
  filters: unused,
  max_num_results: z.number().int().min(1).max(50).optional(),
  ranking_options: exact<FileSearchTool.RankingOptions>()({
    hybrid_search: unused,
    ranker: unused,
    score_threshold: z.number().min(0).max(1).optional(),
  }).optional(),
});

const skillReference = exact<SkillReference>()({
  type: z.literal('skill_reference'),
  skill_id: id,
  version: id.optional(),
});

const shellTool = exact<FunctionShellTool>()({
  type: z.literal('shell'),
  environment: exact<ContainerAuto>()({
    type: z.literal('container_auto'),
    file_ids: z.array(id).min(1).optional(),
    memory_limit: memoryLimit,
    network_policy: unused,
    skills: z.array(skillReference).min(1).optional(),
  }),
  allowed_callers: unused,
});

export const toolSchema = z.discriminatedUnion('type', [
  functionTool,
  webSearchTool,
  codeInterpreterTool,
  imageGenerationTool,
  fileSearchTool,
  shellTool,
]);
