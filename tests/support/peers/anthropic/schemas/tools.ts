import type * as sdk from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { exact, id, text, unused } from '../../openai/schemas/exact';

const count = z.number().int().min(1);
/** The vendor takes no empty list, and no scheme. */
const domains = z
  .array(z.string().regex(/^[^:/]+(\/.*)?$/))
  .min(1)
  .optional();

const neverBoth = (tool: { allowed_domains?: unknown; blocked_domains?: unknown }): boolean =>
  tool.allowed_domains === undefined || tool.blocked_domains === undefined;
const bothLists = 'allowed_domains and blocked_domains at once';

const webSearch = exact<sdk.WebSearchTool20250305>()({
  type: z.literal('web_search_20250305'),
  name: z.literal('web_search'),
  max_uses: count.optional(),
  allowed_domains: domains,
  blocked_domains: domains,
  user_location: exact<sdk.UserLocation>()({
    type: z.literal('approximate'),
    city: z.string().min(1).optional(),
    country: z.string().length(2).optional(),
    region: z.string().min(1).optional(),
    timezone: z.string().min(1).optional(),
  }).optional(),
  allowed_callers: unused,
  cache_control: unused,
  defer_loading: unused,
  strict: unused,
}).refine(neverBoth, bothLists);

const webFetch = exact<sdk.WebFetchTool20250910>()({
  type: z.literal('web_fetch_20250910'),
  name: z.literal('web_fetch'),
  max_uses: count.optional(),
  allowed_domains: domains,
  blocked_domains: domains,
  citations: exact<sdk.CitationsConfigParam>()({ enabled: z.boolean().optional() }).optional(),
  max_content_tokens: count.optional(),
  allowed_callers: unused,
  cache_control: unused,
  defer_loading: unused,
  strict: unused,
  url_sources: unused,
}).refine(neverBoth, bothLists);

const codeExecution = exact<sdk.CodeExecutionTool20250825>()({
  type: z.literal('code_execution_20250825'),
  name: z.literal('code_execution'),
  allowed_callers: unused,
  cache_control: unused,
  defer_loading: unused,
  strict: unused,
});

const functionTool = exact<sdk.Tool>()({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: text.optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  type: unused,
  allowed_callers: unused,
  cache_control: unused,
  defer_loading: unused,
  eager_input_streaming: unused,
  input_examples: unused,
  strict: unused,
});

export const tool = z.union([webSearch, webFetch, codeExecution, functionTool]);

/** Anthropic's own skills have these ids; others are looked up in the peer's store. */
export const containerSkill = exact<sdk.SkillParams>()({
  type: z.enum(['anthropic', 'custom']),
  skill_id: id,
  version: id.optional(),
}).refine(
  ({ type, skill_id }) => type === 'custom' || ['pptx', 'xlsx', 'docx', 'pdf'].includes(skill_id),
  'Anthropic has no such skill',
);
