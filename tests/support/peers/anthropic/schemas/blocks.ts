import type * as sdk from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { exact, id, text, unused } from '../../openai/schemas/exact';

/** The vendor refuses a text that is empty. */
const someText = z.string().min(1);
/** Other signs are refused in ids of tools' calls. */
const toolUseId = z.string().regex(/^[a-zA-Z0-9_-]+$/);
const citations = exact<sdk.CitationsConfigParam>()({ enabled: z.boolean().optional() });

/** What the vendor itself wrote and gets back: its type is checked, and that it is an object; the rest is its own. */
const echoed = <Content>(type: string) =>
  z.custom<Content>((value) => {
    const block = value as { type?: unknown } | null;
    return typeof block === 'object' && block !== null && String(block.type).startsWith(type);
  }, `Expected ${type}…`);

const textBlock = exact<sdk.TextBlockParam>()({
  type: z.literal('text'),
  text: someText,
  cache_control: unused,
  citations: z.array(echoed<sdk.TextCitationParam>('')).nullish(),
});

const image = exact<sdk.ImageBlockParam>()({
  type: z.literal('image'),
  source: exact<sdk.Base64ImageSource>()({
    type: z.literal('base64'),
    media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    data: z.base64(),
  }),
  cache_control: unused,
  transformations: unused,
});

const document = exact<sdk.DocumentBlockParam>()({
  type: z.literal('document'),
  source: z.union([
    exact<sdk.Base64PDFSource>()({
      type: z.literal('base64'),
      media_type: z.literal('application/pdf'),
      data: z.base64(),
    }),
    exact<sdk.PlainTextSource>()({
      type: z.literal('text'),
      media_type: z.literal('text/plain'),
      data: someText,
    }),
  ]),
  cache_control: unused,
  citations: citations.optional(),
  context: unused,
  title: text.optional(),
});

const containerUpload = exact<sdk.ContainerUploadBlockParam>()({
  type: z.literal('container_upload'),
  file_id: id,
  cache_control: unused,
});

const toolResult = exact<sdk.ToolResultBlockParam>()({
  type: z.literal('tool_result'),
  tool_use_id: toolUseId,
  content: text.optional(),
  is_error: z.boolean().optional(),
  cache_control: unused,
  toolset_name: unused,
});

const thinking = exact<sdk.ThinkingBlockParam>()({
  type: z.literal('thinking'),
  thinking: text,
  signature: id,
});

const redactedThinking = exact<sdk.RedactedThinkingBlockParam>()({
  type: z.literal('redacted_thinking'),
  data: id,
});

const caller = echoed<sdk.DirectCaller>('direct').optional();
const anyObject = z.record(z.string(), z.unknown());

const toolUse = exact<sdk.ToolUseBlockParam>()({
  type: z.literal('tool_use'),
  id: toolUseId,
  name: id,
  input: anyObject,
  cache_control: unused,
  caller,
  toolset_name: unused,
});

const serverToolUse = exact<sdk.ServerToolUseBlockParam>()({
  type: z.literal('server_tool_use'),
  id,
  name: z.enum([
    'web_search',
    'web_fetch',
    'code_execution',
    'bash_code_execution',
    'text_editor_code_execution',
  ]),
  input: anyObject,
  cache_control: unused,
  caller,
});

const webSearchResult = exact<sdk.WebSearchToolResultBlockParam>()({
  type: z.literal('web_search_tool_result'),
  tool_use_id: id,
  content: z.union([
    z.array(
      exact<sdk.WebSearchResultBlockParam>()({
        type: z.literal('web_search_result'),
        url: z.url(),
        title: text,
        // Without it the vendor could not read its own result again.
        encrypted_content: id,
        page_age: text.nullish(),
      }),
    ),
    echoed<sdk.WebSearchToolRequestError>('web_search_tool_result_error'),
  ]),
  cache_control: unused,
  caller,
});

const webFetchResult = exact<sdk.WebFetchToolResultBlockParam>()({
  type: z.literal('web_fetch_tool_result'),
  tool_use_id: id,
  content: echoed<sdk.WebFetchBlockParam>('web_fetch_'),
  cache_control: unused,
  caller,
});

const codeResult = exact<sdk.CodeExecutionToolResultBlockParam>()({
  type: z.literal('code_execution_tool_result'),
  tool_use_id: id,
  content: echoed<sdk.CodeExecutionResultBlockParam>('code_execution_'),
  cache_control: unused,
});

const bashResult = exact<sdk.BashCodeExecutionToolResultBlockParam>()({
  type: z.literal('bash_code_execution_tool_result'),
  tool_use_id: id,
  content: echoed<sdk.BashCodeExecutionResultBlockParam>('bash_code_execution_'),
  cache_control: unused,
});

const editorResult = exact<sdk.TextEditorCodeExecutionToolResultBlockParam>()({
  type: z.literal('text_editor_code_execution_tool_result'),
  tool_use_id: id,
  content: echoed<sdk.TextEditorCodeExecutionCreateResultBlockParam>('text_editor_code_execution_'),
  cache_control: unused,
});

export const userBlock = z.discriminatedUnion('type', [
  textBlock,
  image,
  document,
  containerUpload,
  toolResult,
]);

export const assistantBlock = z.discriminatedUnion('type', [
  textBlock,
  thinking,
  redactedThinking,
  toolUse,
  serverToolUse,
  webSearchResult,
  webFetchResult,
  codeResult,
  bashResult,
  editorResult,
]);
