import {
  startOpenAIPeer,
  type OpenAIPeer,
  type OpenAIPeerOptions,
} from '../../../tests/support/peers/openai';
import { chatOf, collect, finishOf, say, textOf } from './connected';

let peer: OpenAIPeer;

const open = async (options: OpenAIPeerOptions) => {
  peer = await startOpenAIPeer(options);
  return chatOf(peer.settings);
};

afterEach(() => peer?.close());

/** A body that comes as it is given, however that cuts it. */
const answering = (chunks: (string | Uint8Array)[], type = 'text/event-stream') =>
  chatOf(
    { apiKey: 'sk-test-key' },
    {
      fetch: () =>
        Promise.resolve(
          new Response(
            new ReadableStream({
              start(controller) {
                for (const chunk of chunks)
                  controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
                controller.close();
              },
            }),
            { headers: { 'content-type': type } },
          ),
        ),
    },
  );

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const delta = (text: string) =>
  event({ type: 'response.output_text.delta', item_id: 'm', output_index: 0, content_index: 0, delta: text });
const completed = (output: object[] = []) =>
  event({ type: 'response.completed', response: { model: 'm', status: 'completed', output } });

it.each([1, 7])(
  'reads a body that comes %i bytes at a time, through characters and events',
  async (chunkBytes) => {
    const chat = await open({ chunkBytes, answers: [{ text: ['Ä€👩‍👩‍👧 ', '漢字'] }] });
    const { events } = await collect(chat.stream(say('Hi')));
    expect(finishOf(events).message.text).toBe('Ä€👩‍👩‍👧 漢字');
  },
  30_000,
);

it('reads lines that end as Windows ends them, and comments between events', async () => {
  const body = `: ping\r\n\r\n${delta('Hi')}${completed()}`.replaceAll(/\r?\n/g, '\r\n');
  const { events } = await collect(answering([body]).stream(say('Hi')));
  expect(textOf(events)).toBe('Hi');
  expect(finishOf(events).reason).toBe('stop');
});

it('takes from the whole answer what was not streamed, once', async () => {
  const message = {
    type: 'message',
    id: 'm2',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Second.', annotations: [] }],
  };
  const { events } = await collect(answering([delta('First.'), completed([message])]).stream(say('Hi')));
  expect(finishOf(events).message.text).toBe('First.\n\nSecond.');
});

it('passes items of tools that it does not know on as they are', async () => {
  const item = { type: 'mcp_list_tools', id: 'mcp_1', server_label: 'x', tools: [] };
  const { events } = await collect(answering([completed([item])]).stream(say('Hi')));
  expect(events[0]).toEqual({ type: 'provider-event', name: 'mcp_list_tools', data: item });
});

it.each([
  ['an empty body', [], 'protocol'],
  ['a web page', ['<!doctype html><html></html>'], 'protocol'],
  ['events of another kind', [event({ foo: 1 }), event({ bar: 2 })], 'protocol'],
  ['an event that is not JSON', [delta('Hi'), 'data: {"type":\n\n'], 'protocol'],
  ['an event without its members', [event({ type: 'response.output_item.done' })], 'protocol'],
  ['an answer without its end', [delta('Hi')], 'unavailable'],
])('ends %s as %s', async (_what, chunks, code) => {
  const { events } = await collect(answering(chunks).stream(say('Hi')));
  const ends = events.filter(({ type }) => type === 'error' || type === 'finish');
  expect(ends).toEqual([events.at(-1)]);
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code, retryable: false } });
});

it('ends a connection that breaks in the middle as unavailable, with what came before', async () => {
  const chat = await open({ scenario: 'broken-stream' });
  const { events } = await collect(chat.stream(say('Hi')));
  expect(textOf(events)).toBe('Hello ');
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'unavailable', retryable: false } });
});

it('ends as cancelled when the caller aborts, and lets the connection go', async () => {
  peer = await startOpenAIPeer({ scenario: 'slow-answer' });
  const abort = new AbortController();
  const chat = chatOf(peer.settings, { signal: abort.signal });
  const events = chat.stream(say('Hi'))[Symbol.asyncIterator]();
  expect(await events.next()).toMatchObject({ value: { type: 'text-delta' } });
  const next = events.next();
  abort.abort();
  expect(await next).toMatchObject({ value: { type: 'error', error: { code: 'cancelled' } } });
  expect(await events.next()).toEqual({ done: true, value: undefined });
  await untilClosed();
});

it('sends nothing when the caller aborted before', async () => {
  peer = await startOpenAIPeer();
  const chat = chatOf(peer.settings, { signal: AbortSignal.abort() });
  const { events } = await collect(chat.stream(say('Hi')));
  expect(events).toEqual([
    { type: 'error', error: { code: 'cancelled', message: 'The request was cancelled.', retryable: false } },
  ]);
  expect(peer.requests).toEqual([]);
});

it('ends the request when the iteration ends early, even while it waits', async () => {
  const chat = await open({ scenario: 'slow-answer' });
  const events = chat.stream(say('Hi'))[Symbol.asyncIterator]();
  await events.next();
  const waiting = events.next();
  await events.return?.();
  await waiting;
  await untilClosed();
});

it('asks again over connections that it had, after whole answers', async () => {
  const chat = await open({});
  for (let turn = 0; turn < 6; turn++) await collect(chat.stream(say('Hi')));
  // Node's fetch opens a second one ahead.
  expect(peer.connections).toBeLessThanOrEqual(2);
});

it('serves 200 answers at once, each in its own order', async () => {
  const chat = await open({
    delayMs: 2,
    answers: (request) => ({ text: Array.from({ length: 20 }, (_, step) => `${request.model}/${step} `) }),
  });
  const texts = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const { events } = await collect(chat.stream(say('Hi', { model: `m${index}` })));
      return textOf(events);
    }),
  );
  texts.forEach((text, index) => {
    expect(text).toBe(Array.from({ length: 20 }, (_, step) => `m${index}/${step} `).join(''));
  });
}, 30_000);

async function untilClosed(): Promise<void> {
  for (let tries = 0; peer.openStreams > 0 && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(peer.openStreams).toBe(0);
}
