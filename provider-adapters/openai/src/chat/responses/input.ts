import type {
  ResponseInputContent,
  ResponseInputItem,
  ResponseOutputItem,
} from 'openai/resources/responses/responses';
import type { AssistantMessage, ChatMessage, UserPart } from 'strapi-plugin-skills-shared/provider';
import { dataUrl, isImage } from '../user-files';
import { readState } from './state';

/** The conversation as input items. What this adapter said itself goes back in the vendor's own words. */
export async function toInput(messages: readonly ChatMessage[]): Promise<ResponseInputItem[]> {
  const items: ResponseInputItem[] = [];
  for (const message of messages) {
    if (message.role === 'user') {
      items.push({ role: 'user', content: await Promise.all(message.content.map(toContent)) });
    } else if (message.role === 'tool') {
      const output = message.isError ? `Error: ${message.content}` : message.content;
      items.push({ type: 'function_call_output', call_id: message.toolCallId, output });
    } else {
      items.push(...assistantItems(message));
    }
  }
  return items;
}

async function toContent(part: UserPart): Promise<ResponseInputContent> {
  if (part.type === 'text') return { type: 'input_text', text: part.text };
  const data = await dataUrl(part.file);
  return isImage(part.file)
    ? { type: 'input_image', detail: 'auto', image_url: data }
    : { type: 'input_file', filename: part.file.name, file_data: data };
}

function assistantItems(message: AssistantMessage): ResponseInputItem[] {
  const state = readState(message);
  if (state) return state.output.filter(canGoBack) as ResponseInputItem[];
  const calls: ResponseInputItem[] = message.toolCalls.map(({ id, name, input }) => ({
    type: 'function_call',
    call_id: id,
    name,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  }));
  return [...(message.text ? [{ role: 'assistant' as const, content: message.text }] : []), ...calls];
}

/** Nothing is stored at the vendor: reasoning without its content would be looked up there by its id, and refused. */
function canGoBack(item: ResponseOutputItem): boolean {
  return item.type !== 'reasoning' || Boolean(item.encrypted_content) || Boolean(item.content?.length);
}
