import type {
  EasyInputMessage,
  ResponseCodeInterpreterToolCall,
  ResponseCreateParamsStreaming,
  ResponseFileSearchToolCall,
  ResponseFunctionToolCall,
  ResponseFunctionWebSearch,
  ResponseInputFile,
  ResponseInputImage,
  ResponseInputItem,
  ResponseInputText,
  ResponseOutputMessage,
  ResponseReasoningItem,
} from 'openai/resources/responses/responses';
import { z } from 'zod';
import { exact, id, text, unused } from './exact';
import { toolSchema } from './response-tools';

const dataUrl = text.regex(/^data:[\w.+-]+\/[\w.+-]+;base64,[A-Za-z0-9+/=]+$/);

const content = z.discriminatedUnion('type', [
  exact<ResponseInputText>()({ type: z.literal('input_text'), text, prompt_cache_breakpoint: unused }),
  exact<ResponseInputImage>()({
    type: z.literal('input_image'),
    detail: z.enum(['low', 'high', 'auto', 'original']),
    image_url: dataUrl,
    file_id: unused,
    prompt_cache_breakpoint: unused,
  }),
  exact<ResponseInputFile>()({
    type: z.literal('input_file'),
    filename: text.min(1),
    file_data: dataUrl,
    detail: unused,
    file_id: unused,
    file_url: unused,
    prompt_cache_breakpoint: unused,
  }),
]);

const status = z.enum(['in_progress', 'completed', 'incomplete']);

const easyMessage = exact<EasyInputMessage>()({
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([text, z.array(content).min(1)]),
  phase: unused,
  type: unused,
});

const functionCall = exact<ResponseFunctionToolCall>()({
  type: z.literal('function_call'),
  call_id: id,
  name: id,
  arguments: text,
  id: id.optional(),
  status: status.optional(),
  caller: unused,
  namespace: unused,
});

const functionCallOutput = exact<ResponseInputItem.FunctionCallOutput>()({
  type: z.literal('function_call_output'),
  call_id: id,
  output: text,
  id: unused,
  caller: unused,
  status: unused,
});

/** With `store: false` reasoning is nowhere but here: without its encrypted content OpenAI answers 400. */
const reasoning = exact<ResponseReasoningItem>()({
  type: z.literal('reasoning'),
  id,
  summary: z.array(z.strictObject({ type: z.literal('summary_text'), text })),
  encrypted_content: id,
  content: z.array(z.strictObject({ type: z.literal('reasoning_text'), text })).optional(),
  status: status.optional(),
});

const outputMessage = exact<ResponseOutputMessage>()({
  type: z.literal('message'),
  id,
  role: z.literal('assistant'),
  status,
  content: z.array(
    z.custom<ResponseOutputMessage['content'][number]>((part) =>
      ['output_text', 'refusal'].includes((part as { type: string }).type),
    ),
  ),
  phase: z.enum(['commentary', 'final_answer']).optional(),
});

const webSearchCall = exact<ResponseFunctionWebSearch>()({
  type: z.literal('web_search_call'),
  id,
  status: z.enum(['completed', 'failed']),
  action: z.custom<ResponseFunctionWebSearch['action']>((action) => Boolean(action)),
});

const fileSearchCall = exact<ResponseFileSearchToolCall>()({
  type: z.literal('file_search_call'),
  id,
  status: z.enum(['completed', 'failed']),
  queries: z.array(text),
  results: z.array(z.looseObject({})).optional(),
});

const codeInterpreterCall = exact<ResponseCodeInterpreterToolCall>()({
  type: z.literal('code_interpreter_call'),
  id,
  code: text.nullable(),
  container_id: id,
  outputs: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('logs'), logs: text }),
        z.strictObject({ type: z.literal('image'), url: text }),
      ]),
    )
    .nullable(),
  status: z.enum(['completed', 'failed', 'incomplete']),
});

const imageGenerationCall = exact<ResponseInputItem.ImageGenerationCall>()({
  type: z.literal('image_generation_call'),
  id,
  result: text.nullable(),
  status: z.enum(['completed', 'failed']),
});

const shellItems = z.looseObject({ type: z.enum(['shell_call', 'shell_call_output']), call_id: id });

const inputItem = z.union([
  z.discriminatedUnion('type', [
    functionCall,
    functionCallOutput,
    reasoning,
    outputMessage,
    webSearchCall,
    fileSearchCall,
    codeInterpreterCall,
    imageGenerationCall,
  ]),
  shellItems,
  easyMessage,
]) as z.ZodType<ResponseInputItem>;

/** Body of `POST /responses`. */
export const responseRequestSchema = exact<ResponseCreateParamsStreaming>()({
  model: id,
  input: z.array(inputItem).min(1),
  instructions: text.min(1).optional(),
  stream: z.literal(true),
  store: z.literal(false),
  tools: z.array(toolSchema).min(1).optional(),
  max_output_tokens: z.number().int().min(16).optional(),
  include: z
    .array(
      z.enum([
        'file_search_call.results',
        'web_search_call.action.sources',
        'code_interpreter_call.outputs',
        'reasoning.encrypted_content',
      ]),
    )
    .min(1)
    .optional(),
  reasoning: z.strictObject({ summary: z.enum(['auto', 'concise', 'detailed']).optional() }).optional(),
  background: unused,
  context_management: unused,
  conversation: unused,
  metadata: unused,
  moderation: unused,
  parallel_tool_calls: unused,
  previous_response_id: unused,
  prompt: unused,
  prompt_cache_key: unused,
  prompt_cache_options: unused,
  prompt_cache_retention: unused,
  safety_identifier: unused,
  service_tier: unused,
  stream_options: unused,
  temperature: unused,
  text: unused,
  tool_choice: unused,
  top_logprobs: unused,
  top_p: unused,
  truncation: unused,
  user: unused,
});

export type ResponseRequest = z.output<typeof responseRequestSchema>;
