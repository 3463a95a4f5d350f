import type { ChatMessage } from 'strapi-plugin-skills-shared/provider';
import { makeRoom } from './make-room';

const user: ChatMessage = { role: 'user', content: [{ type: 'text', text: 'x'.repeat(5000) }] };
const step = (id: string, characters: number): ChatMessage[] => [
  { role: 'assistant', text: 'y'.repeat(5000), toolCalls: [{ id, name: 'bash', input: {} }] },
  { role: 'tool', toolCallId: id, content: 'z'.repeat(characters) },
];
const lengths = (messages: ChatMessage[]): number[] =>
  messages.flatMap((message) => (message.role === 'tool' ? [message.content.length] : []));

describe('making room in a conversation', () => {
  it('takes the oldest outputs, until half of what can be taken is gone', () => {
    const messages = [user, ...step('a', 1000), ...step('b', 2000), ...step('c', 3000), ...step('d', 9000)];
    expect(makeRoom(messages)).toEqual({ results: 2, characters: 3000 });
    expect(lengths(messages)).toEqual([expect.any(Number), expect.any(Number), 3000, 9000]);
    expect(messages[2]).toEqual({
      role: 'tool',
      toolCallId: 'a',
      content: expect.stringMatching(/^\[This output of 1000 characters was removed/),
    });
  });

  it('ends: each time there is less to take, and at last nothing', () => {
    const messages = [user, ...Array.from({ length: 40 }, (_, index) => step(`c${index}`, 4000)).flat()];
    const freed: number[] = [];
    for (let room = makeRoom(messages); room; room = makeRoom(messages)) freed.push(room.results);
    expect(freed).toEqual([20, 10, 5, 2, 1, 1]);
  });

  it('leaves what the model has not answered yet, what is short, and what people and the model said', () => {
    const messages = [user, ...step('a', 400), ...step('b', 90_000)];
    const before = structuredClone(messages);
    expect(makeRoom(messages)).toBeUndefined();
    expect(messages).toEqual(before);
  });
});
