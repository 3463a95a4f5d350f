import {
  startOpenAIPeer,
  type OpenAIPeer,
  type OpenAIPeerOptions,
} from '../../../tests/support/peers/openai';
import { provider } from '../src/index';
import { chatOf, collect, contextOf, finishOf, ofType, say, textOf } from './connected';

let peer: OpenAIPeer;

const open = async (options: OpenAIPeerOptions = {}) => {
  peer = await startOpenAIPeer({ lacksResponses: true, models: ['llama3.2:latest'], ...options });
  return peer;
};

afterEach(async () => {
  expect(peer.failures).toEqual([]);
  await peer.close();
});

const skills = [{ skillTypeId: 'web-search', settings: {} }];
const paths = () => peer.requests.map(({ url }) => url);

it('falls back to Chat Completions once where a server lacks Responses, and sends no key that there is not', async () => {
  await open({
    answers: [{ reasoning: 'Hm.', text: 'Hallo du', usage: { input: 5, output: 2, cached: 1 } }],
  });
  const chat = chatOf({ baseUrl: `${peer.url}/` });
  const { events } = await collect(chat.stream(say('Hi', { instructions: 'Kind.', maxOutputTokens: 9 })));
  expect(textOf(events)).toBe('Hallo du');
  expect(ofType(events, 'reasoning-delta')).toEqual([{ type: 'reasoning-delta', text: 'Hm.' }]);
  expect(ofType(events, 'usage')).toEqual([
    { type: 'usage', usage: { inputTokens: 5, outputTokens: 2, cachedInputTokens: 1 } },
  ]);
  expect(finishOf(events)).toMatchObject({ reason: 'stop', message: { text: 'Hallo du' } });
  await collect(chat.stream(say('Again')));
  expect(paths()).toEqual(['/v1/responses', '/v1/chat/completions', '/v1/chat/completions']);
  expect(peer.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  expect(JSON.parse(peer.requests[1]?.body ?? '')).toMatchObject({
    max_tokens: 9,
    messages: [
      { role: 'system', content: 'Kind.' },
      { role: 'user', content: 'Hi' },
    ],
  });
});

it('gathers tool calls from their parts and takes their results', async () => {
  await open({
    answers: [
      {
        toolCalls: [
          { id: 'a', name: 'lookup', arguments: { q: 'ä' } },
          { id: 'b', name: 'lookup', arguments: '{"cut":' },
        ],
      },
      { text: 'Fine.' },
    ],
  });
  const chat = chatOf({ baseUrl: peer.url, api: 'chat-completions' });
  const tools = [{ name: 'lookup', description: 'Looks up.', inputSchema: { type: 'object' } }];
  const { events } = await collect(chat.stream(say('Hi', { tools })));
  const { reason, message } = finishOf(events);
  expect(reason).toBe('tool-calls');
  expect(message.toolCalls).toEqual([
    { id: 'a', name: 'lookup', input: { q: 'ä' } },
    { id: 'b', name: 'lookup', input: '{"cut":' },
  ]);
  const results = message.toolCalls.map(({ id }) => ({
    role: 'tool' as const,
    toolCallId: id,
    content: 'ok',
  }));
  await collect(chat.stream(say('', { tools, messages: [...say('Hi').messages, message, ...results] })));
  expect(JSON.parse(peer.requests[1]?.body ?? '')).toMatchObject({
    messages: [{ role: 'user' }, { role: 'assistant' }, { tool_call_id: 'a' }, { tool_call_id: 'b' }],
  });
});

it('offers no skill types, and names the skill and the server when one is asked for', async () => {
  await open();
  const feature = provider.capabilities.chat?.features?.skills;
  expect(await feature?.listSkillTypes(contextOf({ baseUrl: peer.url }))).toEqual([]);
  expect(await feature?.listSkillTypes(contextOf({ baseUrl: peer.url, api: 'responses' }))).toHaveLength(4);
  expect(await feature?.listSkillTypes(contextOf({ apiKey: 'k', api: 'chat-completions' }))).toEqual([]);
  const { events } = await collect(chatOf({ baseUrl: peer.url }).stream(say('Hi', { skills })));
  const host = new URL(peer.url).host;
  expect(events).toEqual([
    {
      type: 'error',
      error: {
        code: 'unsupported-feature',
        message: `${host} cannot run Web search: that needs the Responses API and tools that only OpenAI is known to have.`,
        retryable: false,
      },
    },
  ]);
  expect(peer.requests).toEqual([]);
});

it('does not take a missing model for a missing API', async () => {
  await open({
    lacksResponses: false,
    answers: [
      { status: 404, failure: { code: 'model_not_found', message: 'The model `x` does not exist.' } },
    ],
  });
  const { events } = await collect(chatOf({ baseUrl: peer.url }).stream(say('Hi', { model: 'x' })));
  expect(events).toEqual([
    {
      type: 'error',
      error: expect.objectContaining({
        code: 'invalid-request',
        status: 404,
        message: expect.stringContaining('The model `x` does not exist.') as string,
      }) as object,
    },
  ]);
  expect(paths()).toEqual(['/v1/responses']);
});

it('uses Responses where another server has it', async () => {
  await open({ lacksResponses: false });
  const { events } = await collect(chatOf({ baseUrl: peer.url }).stream(say('Hi')));
  expect(textOf(events)).toBe('Hello from the peer.');
  expect(paths()).toEqual(['/v1/responses']);
});

it('ends a failure within the stream with its code', async () => {
  await open({ answers: [{ failure: { code: 'server_error', message: 'x' } }] });
  const { events } = await collect(chatOf({ baseUrl: peer.url, api: 'chat-completions' }).stream(say('Hi')));
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'unavailable' } });
});

it.each([
  ['broken-stream' as const, 'unavailable'],
  ['malformed' as const, 'protocol'],
])('ends %s as %s', async (scenario, code) => {
  await open({ scenario });
  const { events } = await collect(chatOf({ baseUrl: peer.url, api: 'chat-completions' }).stream(say('Hi')));
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code } });
});
