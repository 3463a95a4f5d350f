import type {
  ContentBlock,
  WebFetchToolResultBlock,
  WebSearchToolResultBlock,
} from '@anthropic-ai/sdk/resources/messages';
import type { Json, JsonObject } from 'strapi-plugin-skills-shared/provider';

/** What a tool of Anthropic's answered, fit to be read: without what is encrypted, and without whole pages. */
export interface ToolResult {
  output: Json;
  isError: boolean;
  /** Files that it made, by their ids at the Files API. */
  fileIds: readonly string[];
}

type ResultBlock = Extract<ContentBlock, { tool_use_id: string }>;

/** Of a page that was fetched: enough to recognize it. */
const excerptLength = 2_000;

export const isToolResult = (block: ContentBlock): block is ResultBlock =>
  block.type.endsWith('_tool_result') && 'tool_use_id' in block && 'content' in block;

export function readToolResult(block: ResultBlock): ToolResult {
  const failure = errorCode(block.content);
  if (failure !== undefined) return { output: { errorCode: failure }, isError: true, fileIds: [] };
  if (block.type === 'web_search_tool_result') return result(searchOutput(block.content));
  if (block.type === 'web_fetch_tool_result') return result(fetchOutput(block.content));
  const content = block.content as unknown as JsonObject;
  return { output: executionOutput(content), isError: isFailure(content), fileIds: fileIdsOf(content) };
}

const result = (output: Json): ToolResult => ({ output, isError: false, fileIds: [] });

function errorCode(content: unknown): string | undefined {
  const code = (content as { error_code?: unknown } | null)?.error_code;
  return typeof code === 'string' ? code : undefined;
}

function searchOutput(content: WebSearchToolResultBlock['content']): Json {
  if (!Array.isArray(content)) return [];
  return content.map(({ url, title, page_age }) => ({
    url,
    title,
    ...(page_age ? { pageAge: page_age } : {}),
  }));
}

function fetchOutput(content: WebFetchToolResultBlock['content']): Json {
  if (content.type !== 'web_fetch_result') return {};
  const { url, retrieved_at, content: document } = content;
  const { source, title } = document;
  const text = source.type === 'text' ? source.data : undefined;
  return {
    url,
    ...(title ? { title } : {}),
    ...(retrieved_at ? { retrievedAt: retrieved_at } : {}),
    mime: source.media_type,
    ...(text === undefined ? {} : { characters: text.length, excerpt: text.slice(0, excerptLength) }),
  };
}

/** What the container answered, with our names; its type and its files' ids are of no use to a reader. */
function executionOutput(content: JsonObject): Json {
  const output: JsonObject = {};
  for (const [name, value] of Object.entries(content)) {
    if (name === 'type' || name === 'encrypted_stdout' || value === null) continue;
    if (name === 'content' && Array.isArray(value)) output['files'] = fileIdsOf(content).length;
    else output[name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())] = value;
  }
  return output;
}

const isFailure = ({ return_code: code }: JsonObject): boolean => typeof code === 'number' && code !== 0;

function fileIdsOf({ content }: JsonObject): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((entry) => {
    const id = (entry as { file_id?: unknown } | null)?.file_id;
    return typeof id === 'string' ? [id] : [];
  });
}
