import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { AssistantMessage, ChatRequest, UserPart } from 'strapi-plugin-skills-shared/provider';
import { dataUrl, isImage } from '../user-files';

/** The conversation in the older API's messages. */
export async function toMessages({
  instructions,
  messages,
}: ChatRequest): Promise<ChatCompletionMessageParam[]> {
  const result: ChatCompletionMessageParam[] = [];
  if (instructions) result.push({ role: 'system', content: instructions });
  for (const message of messages) {
    if (message.role === 'user') result.push({ role: 'user', content: await userContent(message.content) });
    else if (message.role === 'assistant') result.push(assistantMessage(message));
    else {
      const content = message.isError ? `Error: ${message.content}` : message.content;
      result.push({ role: 'tool', tool_call_id: message.toolCallId, content });
    }
  }
  return result;
}

/** Text alone goes as a plain text: not every server knows parts. */
async function userContent(parts: readonly UserPart[]): Promise<string | ChatCompletionContentPart[]> {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n\n') : Promise.all(parts.map(toPart));
}

async function toPart(part: UserPart): Promise<ChatCompletionContentPart> {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { file } = part;
  if (isImage(file)) return { type: 'image_url', image_url: { url: await dataUrl(file) } };
  // Servers of this API seldom take files; a text can always be read.
  if (/^text\/|[/+](json|xml|yaml)$/i.test(file.mime)) {
    return { type: 'text', text: `${file.name}:\n\n${new TextDecoder().decode(await file.read())}` };
  }
  return { type: 'file', file: { filename: file.name, file_data: await dataUrl(file) } };
}

function assistantMessage({ text, toolCalls }: AssistantMessage): ChatCompletionAssistantMessageParam {
  return {
    role: 'assistant',
    content: text || (toolCalls.length > 0 ? null : ''),
    ...(toolCalls.length === 0
      ? {}
      : {
          tool_calls: toolCalls.map(({ id, name, input }) => ({
            id,
            type: 'function',
            function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
          })),
        }),
  };
}
