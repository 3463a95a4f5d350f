import type { AssistantMessage, ChatMessage, FunctionTool } from '../../provider';
import { demand, eventsOf, finishOf, show } from '../assertions';
import { prompt } from '../bench';
import type { Requirement } from '../requirement';

const lookUp: FunctionTool = {
  name: 'look_up',
  description: 'Looks a word up.',
  inputSchema: {
    type: 'object',
    properties: { word: { type: 'string' } },
    required: ['word'],
    additionalProperties: false,
  },
};

const asked: ChatMessage = { role: 'user', content: [{ type: 'text', text: prompt }] };

const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

export const conversationRequirements: readonly Requirement[] = [
  {
    id: 'chat/tool-calls',
    says: "a call that is the caller's is told once, whole, and stands in the message",
    needs: 'chat',
    async check({ open, expect }) {
      const events = await (await open('answer-with-tool-call')).ask({ tools: [lookUp] });
      const { message, reason } = finishOf(events);
      const calls = eventsOf(events, 'tool-call').filter(({ by }) => by === 'caller');
      demand(calls.length > 0, `There was no call: ${show(events.map(({ type }) => type))}.`);
      expect(calls.map(({ id, name, input }) => ({ id, name, input }))).toEqual(message.toolCalls);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
      expect(calls[0]?.name).toBe(lookUp.name);
      expect(reason).toBe('tool-calls');
    },
  },
  {
    id: 'chat/tool-results-go-back',
    says: 'a conversation goes on with the result of a call, after its message was stored as JSON',
    needs: 'chat',
    async check({ open }) {
      const { ask, peer } = await open('answer-with-tool-call');
      const first = finishOf(await ask({ tools: [lookUp] }));
      const message = JSON.parse(JSON.stringify(first.message)) as AssistantMessage;
      const results = message.toolCalls.map(({ id }): ChatMessage => ({
        role: 'tool',
        toolCallId: id,
        content: 'conformanceresult',
      }));
      const before = peer.requests.length;
      finishOf(await ask({ tools: [lookUp], messages: [asked, message, ...results] }));
      const sent = peer.requests.slice(before).map(({ body }) => body);
      demand(
        sent.some((body) => body.includes('conformanceresult')),
        'The result did not reach the vendor.',
      );
      const [call] = message.toolCalls;
      demand(
        call !== undefined && sent.some((body) => body.includes(call.id)),
        "The call's id did not go back with its result.",
      );
    },
  },
  {
    id: 'chat/foreign-messages',
    says: "a message of another provider is told by its text, and that provider's own state goes nowhere",
    needs: 'chat',
    async check({ open }) {
      const { ask, peer } = await open('answer');
      const messages: ChatMessage[] = [
        asked,
        {
          role: 'assistant',
          text: 'conformanceforeign',
          toolCalls: [],
          providerState: { providerId: 'somebody-else', data: { hidden: 'foreignstate' } },
        },
        asked,
      ];
      finishOf(await ask({ messages }));
      const sent = peer.requests.map(({ body }) => body).join('\n');
      demand(sent.includes('conformanceforeign'), "The other provider's text did not reach the vendor.");
      demand(!sent.includes('foreignstate'), "The other provider's state was sent to this one's vendor.");
    },
  },
  {
    id: 'chat/files-in',
    says: 'an image in the prompt is read and sent, or refused as unsupported',
    needs: 'chat',
    async check({ open }) {
      const { ask } = await open('answer');
      let reads = 0;
      const read = () => {
        reads += 1;
        return Promise.resolve(pixel);
      };
      const file = { name: 'pixel.png', mime: 'image/png', read };
      const events = await ask({ messages: [{ role: 'user', content: [{ type: 'file', file }] }] });
      const last = events.at(-1);
      const refused = last?.type === 'error' && last.error.code === 'unsupported-feature';
      if (!refused) finishOf(events);
      demand(refused || reads > 0, 'The file was neither read nor refused.');
    },
  },
];
