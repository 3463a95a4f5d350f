import { chat } from './chat';
import { connect, contextOf, finishOf, model, only, readAll, says } from '../../fixtures/connect';

const event = (data: Record<string, unknown>) =>
  `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`;

const start = event({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  },
});
const block = event({
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '', citations: null },
});
const delta = event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } });
const end =
  event({ type: 'content_block_stop', index: 0 }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }) +
  event({ type: 'message_stop' });

/** The events of an answer whose body is this text. */
function read(body: string) {
  const fetch = () =>
    Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  const context = contextOf({}, { fetch });
  return readAll(chat.create(context.settings, context).stream({ model, messages: says('Hello') }));
}

describe('a stream of Anthropic’s', () => {
  it.each([1, 3, 7])('is read whatever is cut: chunks of %i bytes', async (chunkBytes) => {
    const text = 'Grüße 👩‍👩‍👧 – 日本語';
    const thinking = 'Öfter denken 🤔';
    const { ask, peer } = await connect({ answers: [{ thinking, text }], chunkBytes });
    const events = await ask();
    expect(finishOf(events).message.text).toBe(text);
    expect(
      only(events, 'reasoning-delta')
        .map((each) => each.text)
        .join(''),
    ).toBe(thinking);
    await peer.close();
  });

  it('is read with kinds of events, blocks and deltas that nobody knows yet', async () => {
    const news =
      event({ type: 'a_new_event', index: 9 }) +
      event({ type: 'content_block_start', index: 1, content_block: { type: 'a_new_block' } }) +
      event({ type: 'content_block_delta', index: 1, delta: { type: 'a_new_delta' } }) +
      event({ type: 'content_block_stop', index: 1 });
    expect(finishOf(await read(start + news + block + delta + end)).message.text).toBe('Hi');
  });

  it('that fails in its middle keeps its text and ends with the error', async () => {
    const { ask, peer } = await connect({
      answers: [{ text: 'Half', failure: { type: 'overloaded_error', message: 'Overloaded' } }],
    });
    const events = await ask();
    expect(only(events, 'text-delta').map(({ text }) => text)).toEqual(['Half']);
    expect(events.at(-1)).toEqual({
      type: 'error',
      error: {
        code: 'unavailable',
        message: `${new URL(peer.url).host} is down or overloaded.`,
        retryable: false,
        requestId: 'req_1',
      },
    });
    await peer.close();
  });

  it.each([
    ['ends without its end', start + block + delta, 'unavailable'],
    ['holds no JSON', `${start}event: content_block_start\ndata: {"index": 0, "cont\n\n`, 'protocol'],
    ['writes on in a block that was not begun', start + delta + end, 'protocol'],
    ['holds events without what belongs to them', event({ type: 'message_start' }), 'protocol'],
    ['holds JSON that is no event', 'event: message_start\ndata: null\n\n', 'protocol'],
    ['is none', '<html>Welcome</html>', 'protocol'],
    ['is empty', '', 'protocol'],
  ])('that %s is an error', async (_what, body, code) => {
    const events = await read(body);
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code, retryable: false } });
    expect(events.filter(({ type }) => type === 'error' || type === 'finish')).toHaveLength(1);
  });

  it('comes from two hundred requests at once, whole and in order', async () => {
    const words = Array.from({ length: 20 }, (_, index) => `${index} `);
    const { peer } = await connect({ answers: [{ text: words }] });
    const ask = () => {
      const context = contextOf({ baseUrl: peer.url });
      return readAll(chat.create(context.settings, context).stream({ model, messages: says('Go.') }));
    };
    const answers = await Promise.all(Array.from({ length: 200 }, ask));
    for (const events of answers) expect(finishOf(events).message.text).toBe(words.join(''));
    expect(peer.requests).toHaveLength(200);
    await peer.close();
  });
});
