import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionContentPart,
  ChatCompletionContentPartImage,
  ChatCompletionContentPartText,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionFunctionTool,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionStreamOptions,
  ChatCompletionSystemMessageParam,
  ChatCompletionToolMessageParam,
  ChatCompletionUserMessageParam,
} from 'openai/resources/chat/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';
import type { SkillUpdateParams } from 'openai/resources/skills';
import { z } from 'zod';
import { exact, id, text, unused } from './exact';

const part = z.discriminatedUnion('type', [
  exact<ChatCompletionContentPartText>()({ type: z.literal('text'), text, prompt_cache_breakpoint: unused }),
  exact<ChatCompletionContentPartImage>()({
    type: z.literal('image_url'),
    image_url: exact<ChatCompletionContentPartImage.ImageURL>()({ url: text, detail: unused }),
    prompt_cache_breakpoint: unused,
  }),
  exact<ChatCompletionContentPart.File>()({
    type: z.literal('file'),
    file: exact<ChatCompletionContentPart.File.File>()({ filename: text, file_data: text, file_id: unused }),
    prompt_cache_breakpoint: unused,
  }),
]);

const toolCall = exact<ChatCompletionMessageFunctionToolCall>()({
  id,
  type: z.literal('function'),
  function: exact<ChatCompletionMessageFunctionToolCall.Function>()({ name: id, arguments: text }),
});

const message = z.discriminatedUnion('role', [
  exact<ChatCompletionSystemMessageParam>()({ role: z.literal('system'), content: text, name: unused }),
  exact<ChatCompletionUserMessageParam>()({
    role: z.literal('user'),
    content: z.union([text, z.array(part).min(1)]),
    name: unused,
  }),
  exact<ChatCompletionAssistantMessageParam>()({
    role: z.literal('assistant'),
    content: text.nullable(),
    tool_calls: z.array(toolCall).min(1).optional(),
    audio: unused,
    function_call: unused,
    name: unused,
    refusal: unused,
  }),
  exact<ChatCompletionToolMessageParam>()({ role: z.literal('tool'), content: text, tool_call_id: id }),
]);

const tool = exact<ChatCompletionFunctionTool>()({
  type: z.literal('function'),
  function: exact<ChatCompletionFunctionTool['function']>()({
    name: id,
    description: text,
    parameters: z.looseObject({}),
    strict: unused,
  }),
});

/** Body of `POST /chat/completions`. */
export const completionRequestSchema = exact<ChatCompletionCreateParamsStreaming>()({
  model: id,
  messages: z.array(message).min(1),
  stream: z.literal(true),
  stream_options: exact<ChatCompletionStreamOptions>()({
    include_usage: z.boolean(),
    include_obfuscation: unused,
  }).optional(),
  tools: z.array(tool).min(1).optional(),
  max_tokens: z.number().int().min(1).optional(),
  max_completion_tokens: z.number().int().min(1).optional(),
  audio: unused,
  frequency_penalty: unused,
  function_call: unused,
  functions: unused,
  logit_bias: unused,
  logprobs: unused,
  metadata: unused,
  modalities: unused,
  moderation: unused,
  n: unused,
  parallel_tool_calls: unused,
  prediction: unused,
  presence_penalty: unused,
  prompt_cache_key: unused,
  prompt_cache_options: unused,
  prompt_cache_retention: unused,
  reasoning_effort: unused,
  response_format: unused,
  safety_identifier: unused,
  seed: unused,
  service_tier: unused,
  stop: unused,
  store: unused,
  temperature: unused,
  tool_choice: unused,
  top_logprobs: unused,
  top_p: unused,
  user: unused,
  verbosity: unused,
  web_search_options: unused,
});

/** Body of `POST /embeddings`. */
export const embeddingRequestSchema = exact<EmbeddingCreateParams>()({
  model: id,
  input: z.array(text).min(1).max(2048),
  encoding_format: z.literal('float'),
  dimensions: unused,
  user: unused,
});

/** Body of `POST /skills/:id`. */
export const skillUpdateSchema = exact<SkillUpdateParams>()({ default_version: id });

export type CompletionRequest = z.output<typeof completionRequestSchema>;
