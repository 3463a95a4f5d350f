import {
  startOpenAIPeer,
  tinyPng,
  type OpenAIPeer,
  type PeerAnswer,
  type OpenAIPeerOptions,
} from '../../../tests/support/peers/openai';
import { chatOf, collect, finishOf, ofType, say, textOf } from './connected';

let peer: OpenAIPeer | undefined;

async function open(options: OpenAIPeerOptions = {}) {
  peer = await startOpenAIPeer({ apiKey: 'sk-test-key', ...options });
  return { peer, chat: chatOf(peer.settings) };
}

afterEach(async () => {
  expect(peer?.failures ?? []).toEqual([]);
  await peer?.close();
  peer = undefined;
});

it('streams text as it comes, counts tokens, and ends with the message', async () => {
  const { chat } = await open({
    answers: [{ text: ['Grüße ', '👋 ', 'da'], usage: { input: 100, output: 7, cached: 60, reasoning: 3 } }],
  });
  const { events } = await collect(chat.stream(say('Hi', { instructions: 'Be kind.', maxOutputTokens: 64 })));
  expect(events.map(({ type }) => type)).toEqual([
    'text-delta',
    'text-delta',
    'text-delta',
    'usage',
    'finish',
  ]);
  expect(events[3]).toEqual({
    type: 'usage',
    usage: { inputTokens: 100, outputTokens: 7, cachedInputTokens: 60, reasoningTokens: 3 },
  });
  expect(finishOf(events)).toMatchObject({
    reason: 'stop',
    model: 'gpt-5.4-mini',
    message: { role: 'assistant', text: 'Grüße 👋 da', toolCalls: [] },
  });
  const body = JSON.parse(peer?.requests[0]?.body ?? '') as Record<string, unknown>;
  expect(body).toEqual({
    model: 'gpt-5.4-mini',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
    instructions: 'Be kind.',
    max_output_tokens: 64,
    stream: true,
    store: false,
  });
});

it('goes on where it was, with its reasoning and the results of tools', async () => {
  const { chat } = await open({
    answers: [
      {
        reasoning: 'I must look it up.',
        toolCalls: [{ id: 'call_7', name: 'lookup', arguments: { city: 'Rom' } }],
      },
      { text: 'Sunny.' },
    ],
  });
  const tools = [
    { name: 'lookup', description: 'Looks up.', inputSchema: { type: 'object', properties: {} } },
  ];
  const first = await collect(chat.stream(say('Weather?', { tools })));
  expect(ofType(first.events, 'reasoning-delta')).toEqual([
    { type: 'reasoning-delta', text: 'I must look it up.' },
  ]);
  expect(ofType(first.events, 'tool-call')).toEqual([
    { type: 'tool-call', id: 'call_7', name: 'lookup', input: { city: 'Rom' }, by: 'caller' },
  ]);
  const { reason, message } = finishOf(first.events);
  expect(reason).toBe('tool-calls');
  // Messages are stored with runs: nothing but JSON survives that.
  const stored = JSON.parse(JSON.stringify(message)) as typeof message;
  const second = await collect(
    chat.stream(
      say('', {
        tools,
        messages: [
          ...say('Weather?').messages,
          stored,
          { role: 'tool', toolCallId: 'call_7', content: 'no such city', isError: true },
        ],
      }),
    ),
  );
  expect(textOf(second.events)).toBe('Sunny.');
  const { input } = JSON.parse(peer?.requests[1]?.body ?? '') as { input: unknown[] };
  expect(input.slice(1)).toEqual([
    expect.objectContaining({ type: 'reasoning', encrypted_content: 'encrypted-1' }),
    expect.objectContaining({ type: 'function_call', call_id: 'call_7', arguments: '{"city":"Rom"}' }),
    { type: 'function_call_output', call_id: 'call_7', output: 'Error: no such city' },
  ]);
});

it('takes over a turn that another provider wrote', async () => {
  const { chat } = await open();
  const foreign = {
    role: 'assistant' as const,
    text: 'Let me see.',
    toolCalls: [{ id: 'toolu_1', name: 'lookup', input: { a: 1 } }],
    providerState: { providerId: 'anthropic', data: { content: [] } },
  };
  await collect(
    chat.stream(
      say('', {
        messages: [...say('Hi').messages, foreign, { role: 'tool', toolCallId: 'toolu_1', content: 'ok' }],
      }),
    ),
  );
  const { input } = JSON.parse(peer?.requests[0]?.body ?? '') as { input: unknown[] };
  expect(input.slice(1)).toEqual([
    { role: 'assistant', content: 'Let me see.' },
    { type: 'function_call', call_id: 'toolu_1', name: 'lookup', arguments: '{"a":1}' },
    { type: 'function_call_output', call_id: 'toolu_1', output: 'ok' },
  ]);
});

it('sends images and documents within the request', async () => {
  const { chat } = await open();
  const file = (name: string, mime: string, content: string) => ({
    type: 'file' as const,
    file: { name, mime, read: () => Promise.resolve(new TextEncoder().encode(content)) },
  });
  const content = [file('dot.png', 'image/png', 'PNG'), file('notes.pdf', 'application/pdf', 'PDF')];
  await collect(chat.stream(say('', { messages: [{ role: 'user', content }] })));
  const { input } = JSON.parse(peer?.requests[0]?.body ?? '') as { input: { content: unknown }[] };
  expect(input[0]?.content).toEqual([
    { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,UE5H' },
    { type: 'input_file', filename: 'notes.pdf', file_data: 'data:application/pdf;base64,UERG' },
  ]);
});

it('tells a web search with its sources, cites them, and counts what is billed', async () => {
  const { chat } = await open();
  const skills = [{ skillTypeId: 'web-search', settings: { searchContextSize: 'low', country: 'DE' } }];
  const { events } = await collect(chat.stream(say('What is new?', { skills })));
  expect(ofType(events, 'tool-call')).toEqual([
    {
      type: 'tool-call',
      id: 'ws_1',
      name: 'web_search',
      input: { type: 'search', query: 'What is new?' },
      by: 'provider',
    },
  ]);
  expect(ofType(events, 'tool-result')).toEqual([
    {
      type: 'tool-result',
      id: 'ws_1',
      name: 'web_search',
      output: { status: 'completed', sources: ['https://example.com/first', 'https://example.com/second'] },
      isError: false,
    },
  ]);
  expect(ofType(events, 'citation').map(({ citation }) => citation)).toEqual([
    { url: 'https://example.com/first', title: 'The first source' },
    { url: 'https://example.com/second', title: 'The second source' },
  ]);
  expect(ofType(events, 'usage').at(-1)?.usage.billedToolCalls).toEqual({ web_search: 1 });
  expect(finishOf(events).reason).toBe('stop');
});

it('tells code as soon as it is whole, its output, and hands out the files that it made', async () => {
  const { chat } = await open({
    answers: [
      {
        codeInterpreter: {
          code: 'draw()',
          logs: 'ok\n',
          files: [
            { name: 'chart.csv', content: 'a,b\n' },
            { name: 'forgotten.txt', content: 'not cited', isCited: false },
          ],
          imageUrl: `data:image/png;base64,${tinyPng}`,
        },
        text: 'Done.',
      },
    ],
  });
  const skills = [{ skillTypeId: 'code-interpreter', settings: { memoryLimit: '4g' } }];
  const { events, files } = await collect(chat.stream(say('Draw', { skills })));
  expect(events.map(({ type }) => type)).toEqual([
    'tool-call',
    'tool-result',
    'file',
    'text-delta',
    'file',
    'file',
    'usage',
    'finish',
  ]);
  expect(ofType(events, 'tool-call')[0]).toMatchObject({ input: { code: 'draw()' }, by: 'provider' });
  expect(ofType(events, 'tool-result')[0]).toMatchObject({ output: { status: 'completed', logs: 'ok\n' } });
  expect(files).toEqual([
    { name: 'ci_1-1.png', mime: 'image/png', content: Buffer.from(tinyPng, 'base64') },
    { name: 'chart.csv', mime: 'text/csv', content: Buffer.from('a,b\n') },
    { name: 'forgotten.txt', mime: 'text/plain', content: Buffer.from('not cited') },
  ]);
  expect(ofType(events, 'usage')[0]?.usage.billedToolCalls).toEqual({ container_4g: 1 });
});

it('neither tells nor bills a container’s files a second time in the next turn', async () => {
  const answer = {
    codeInterpreter: { code: 'x', files: [{ name: 'a.txt', content: 'a' }] },
    text: 'Done.',
  };
  const { chat } = await open({ answers: [answer, { text: 'Still there.' }] });
  const skills = [{ skillTypeId: 'code-interpreter', settings: {} }];
  const first = finishOf((await collect(chat.stream(say('Go', { skills })))).events);
  const messages = [...say('Go').messages, first.message, ...say('And?').messages];
  const second = await collect(chat.stream(say('', { skills, messages })));
  expect(second.files).toEqual([]);
  expect(ofType(second.events, 'usage')[0]?.usage.billedToolCalls).toBeUndefined();
});

it('hands out images that it generated', async () => {
  const { chat } = await open({ answers: [{ images: [tinyPng], text: 'Here it is.' }] });
  const skills = [{ skillTypeId: 'image-generation', settings: { quality: 'low' } }];
  const { events, files } = await collect(chat.stream(say('A dot', { skills })));
  expect(files).toEqual([{ name: 'ig_1_1.png', mime: 'image/png', content: Buffer.from(tinyPng, 'base64') }]);
  expect(ofType(events, 'tool-call')).toHaveLength(1);
  expect(JSON.stringify(ofType(events, 'tool-result'))).not.toContain(tinyPng);
});

it('tells what a file search found and cites the file', async () => {
  const { chat } = await open();
  const skills = [{ skillTypeId: 'file-search', settings: { vectorStoreIds: ['vs_1'], maxResults: 5 } }];
  const { events } = await collect(chat.stream(say('Holidays?', { skills })));
  expect(ofType(events, 'tool-result')[0]).toMatchObject({
    name: 'file_search',
    output: { results: [{ filename: 'handbook.pdf', text: 'It is said in the handbook.' }] },
  });
  expect(ofType(events, 'citation')).toEqual([{ type: 'citation', citation: { title: 'handbook.pdf' } }]);
});

it('runs a hosted bundle by the shell in a container, and hands out what it made there', async () => {
  const { chat } = await open();
  const hostedSkills = [{ hostedId: 'skill_1', hostedVersion: '2' }];
  const { events, files } = await collect(chat.stream(say('Report', { hostedSkills })));
  const { tools } = JSON.parse(peer?.requests[0]?.body ?? '') as { tools: unknown };
  expect(tools).toEqual([
    {
      type: 'shell',
      environment: {
        type: 'container_auto',
        skills: [{ type: 'skill_reference', skill_id: 'skill_1', version: '2' }],
      },
    },
  ]);
  expect(ofType(events, 'tool-call')[0]).toMatchObject({
    name: 'shell',
    input: { commands: ['python3 scripts/report.py'] },
    by: 'provider',
  });
  expect(ofType(events, 'tool-result')[0]).toMatchObject({ isError: false, output: [{ stdout: 'done\n' }] });
  expect(files).toEqual([{ name: 'report.txt', mime: 'text/plain', content: Buffer.from('A report.\n') }]);
});

it.each([
  [{ incomplete: 'max_output_tokens' as const, text: 'Half' }, 'length'],
  [{ incomplete: 'content_filter' as const, text: 'Half' }, 'refusal'],
  [{ refusal: 'I will not.' }, 'refusal'],
] as [PeerAnswer, string][])('ends %j with reason %s', async (answer, reason) => {
  const { chat } = await open({ answers: [answer] });
  const { events } = await collect(chat.stream(say('Hi')));
  expect(finishOf(events)).toMatchObject({ reason, message: { text: answer.text ?? answer.refusal } });
});

it.each([
  ['server_error', 'unavailable'],
  ['rate_limit_exceeded', 'rate-limited'],
  ['vector_store_timeout', 'timeout'],
  ['invalid_image_format', 'invalid-request'],
])('ends a failure %s within the answer as %s, after what came before', async (code, expected) => {
  const { chat } = await open({ answers: [{ text: 'So far', failure: { code, message: 'It failed.' } }] });
  const { events } = await collect(chat.stream(say('Hi')));
  expect(textOf(events)).toBe('So far');
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: expected, retryable: false } });
});

it('asks OpenAI’s reasoning models, and no others, for reasoning that can go back', async () => {
  const bodies: Record<string, unknown>[] = [];
  const fetch = (_url: unknown, init?: { body?: unknown }) => {
    bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
    return Promise.resolve(new Response('', { headers: { 'content-type': 'text/event-stream' } }));
  };
  for (const model of ['gpt-5.4-mini', 'o3', 'gpt-4.1', 'gpt-5-chat-latest', 'gpt-5.2-chat-latest'])
    await collect(chatOf({ apiKey: 'k', reasoningSummaries: true }, { fetch }).stream(say('Hi', { model })));
  const asks = { include: ['reasoning.encrypted_content'], reasoning: { summary: 'auto' } };
  expect(bodies.map(({ include, reasoning }) => ({ include, reasoning }))).toEqual([asks, asks, {}, {}, {}]);
});
