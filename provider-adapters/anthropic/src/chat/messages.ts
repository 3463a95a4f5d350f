import type {
  ContentBlockParam,
  MessageParam,
  ToolUseBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { AssistantMessage, ChatMessage, Json, ToolCall } from 'strapi-plugin-skills-shared/provider';
import { readTurnState } from './turn-state';
import type { ShowFile } from './user-files';

type Role = 'user' | 'assistant';
type UserMessage = Extract<ChatMessage, { role: 'user' }>;
type ToolMessage = Extract<ChatMessage, { role: 'tool' }>;

/** A conversation in Anthropic's words: turns of one role that follow each other are one message, as its API wants results of tools. */
export async function toMessages(
  messages: readonly ChatMessage[],
  showFile: (file: Parameters<ShowFile>[0]) => ReturnType<ShowFile>,
): Promise<MessageParam[]> {
  const turns: { role: Role; content: ContentBlockParam[] }[] = [];
  for (const message of messages) {
    const role: Role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = await toContent(message, showFile);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
  }
  return turns;
}

function toContent(
  message: ChatMessage,
  showFile: (file: Parameters<ShowFile>[0]) => ReturnType<ShowFile>,
): Promise<ContentBlockParam[]> | ContentBlockParam[] {
  if (message.role === 'user') return userContent(message, showFile);
  if (message.role === 'tool') return [toolResult(message)];
  return readTurnState(message)?.content ?? assistantContent(message);
}

async function userContent(
  { content }: UserMessage,
  showFile: (file: Parameters<ShowFile>[0]) => ReturnType<ShowFile>,
): Promise<ContentBlockParam[]> {
  const blocks: ContentBlockParam[] = [];
  for (const part of content) {
    if (part.type === 'file') blocks.push(...(await showFile(part.file)));
    else if (part.text !== '') blocks.push({ type: 'text', text: part.text });
  }
  return blocks;
}

const toolResult = ({ toolCallId, content, isError }: ToolMessage): ContentBlockParam => ({
  type: 'tool_result',
  tool_use_id: asToolUseId(toolCallId),
  content,
  ...(isError ? { is_error: true } : {}),
});

/** A turn that another provider wrote: what everybody can read of it. */
function assistantContent({ text, toolCalls }: AssistantMessage): ContentBlockParam[] {
  const blocks: ContentBlockParam[] = toolCalls.map(toolUse);
  return text === '' ? blocks : [{ type: 'text', text }, ...blocks];
}

const toolUse = ({ id, name, input }: ToolCall): ToolUseBlockParam => ({
  type: 'tool_use',

  id: asToolUseId(id),
  name,
  input: asToolInput(input),
});

/** Anthropic takes objects alone; a text that is not JSON is handed back in one, so that the model sees what it wrote. */
export function asToolInput(input: Json): Record<string, unknown> {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? input : { INVALID_JSON: input };
}

/** Anthropic takes no other signs in an id, and other providers' ids may have them. */
const asToolUseId = (id: string): string => id.replace(/[^a-zA-Z0-9_-]/g, '_');
