import type { ChatMessage } from 'strapi-plugin-skills-shared/provider';

/** Characters of an output that is too short to be worth its removal. */
const SHORT = 500;

/** What was taken out of a conversation. */
export interface Freed {
  results: number;
  characters: number;
}

type ToolMessage = Extract<ChatMessage, { role: 'tool' }>;

/**
 * Takes outputs of earlier tool calls out of a conversation that has become longer than its model takes: the oldest first, until half of all
 * that there is to take is gone. The calls stay, and say that their output is gone: the model can call again for what it needs. Outputs
 * that the model has not answered yet stay too. Changes `messages`; undefined when there is nothing to take.
 */
export function makeRoom(messages: ChatMessage[]): Freed | undefined {
  const answered = messages.findLastIndex(({ role }) => role === 'assistant');
  const removable = messages.flatMap((message, index) =>
    index < answered && isLongOutput(message) ? [{ message, index }] : [],
  );
  const total = removable.reduce((sum, { message }) => sum + message.content.length, 0);
  const freed = { results: 0, characters: 0 };
  for (const { message, index } of removable) {
    if (freed.characters * 2 >= total) break;
    const { length } = message.content;
    const content = `[This output of ${length} characters was removed to make room. Call the tool again if you need it.]`;
    messages[index] = { ...message, content };
    freed.results += 1;
    freed.characters += length;
  }
  return freed.results > 0 ? freed : undefined;
}

const isLongOutput = (message: ChatMessage): message is ToolMessage =>
  message.role === 'tool' && message.content.length > SHORT;
