import type { ChatMessage } from './chat-message';

/** Characters of a prompt: `runCreateSchema` allows no more. */
const MAX_CHARACTERS = 100_000;

const speakers = { user: 'User', assistant: 'Assistant', system: 'System' } as const;

/**
 * The prompt of a run that goes on with a conversation: the person's last words, below what was said before, as far as there is room for
 * it; the oldest goes first. All of it is the client's word, and no more than that: it is no place for instructions of the server.
 */
export function promptOf(messages: readonly ChatMessage[]): string {
  const last = messages.at(-1);
  const words = last ? textOf(last) : '';
  const before = messages
    .slice(0, -1)
    .map((message) => ({ speaker: speakers[message.role], text: textOf(message) }))
    .filter(({ text }) => text !== '')
    .map(({ speaker, text }) => `${speaker}: ${text}`);
  const room = MAX_CHARACTERS - words.length - frame([], '').length;
  const kept = lastThatFit(before, room);
  return kept.length === 0 || words === '' ? words : frame(kept, words);
}

function frame(before: readonly string[], words: string): string {
  return `What was said in this conversation so far:\n\n${before.join('\n\n')}\n\nWhat the user says now:\n\n${words}`;
}

function lastThatFit(texts: readonly string[], room: number): string[] {
  const kept: string[] = [];
  let left = room;
  for (const text of [...texts].reverse()) {
    left -= text.length + 2;
    if (left < 0) break;
    kept.unshift(text);
  }
  return kept;
}

function textOf({ parts }: ChatMessage): string {
  return parts
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
    .join('\n')
    .trim();
}
