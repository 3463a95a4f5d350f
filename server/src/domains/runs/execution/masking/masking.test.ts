import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { createSecretMask, MASK, noMask } from '../../../../platform/secret-mask';
import type { RunChat } from '../../../skills';
import { EventWriter } from '../event-writer';
import { EventMask } from './event-mask';
import { maskedChat } from './masked-chat';
import { maskedVerdict } from './masked-verdict';
import { MaskedWriter } from './masked-writer';

const secret = 'hunter2-hunter2';
const mask = createSecretMask([secret]);
const text = (stream: 'stdout' | 'stderr', part: string): RunEventPayload => ({
  type: 'text-delta',
  stream,
  text: part,
});
const log = (message: string): RunEventPayload => ({ type: 'log-line', level: 'info', message });

/** A writer whose events are stored in memory. */
function stand() {
  const stored: RunEventPayload[] = [];
  const writer = new EventWriter({
    append: (events) => {
      stored.push(...events.map(({ payload }) => payload));
      return Promise.resolve(stored.length);
    },
    onStored: () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  const masked = new MaskedWriter(writer);
  masked.maskBy(mask);
  return {
    masked,
    async all() {
      const rest = await masked.close();
      return [...stored, ...rest.map(({ payload }) => payload)];
    },
  };
}

describe('masking events', () => {
  it.each(Array.from({ length: secret.length - 1 }, (_, at) => at + 1))(
    'hides a secret that is printed in two pieces, cut at %i, however it is interrupted by the other stream',
    (cut) => {
      const events = new EventMask(mask);
      const told = [
        ...events.pass(text('stdout', `a ${secret.slice(0, cut)}`)),
        ...events.pass(text('stderr', 'meanwhile')),
        ...events.pass(text('stdout', `${secret.slice(cut)} z`)),
        ...events.rest(),
      ];
      const stdout = told.map((event) =>
        event.type === 'text-delta' && event.stream === 'stdout' ? event.text : '',
      );
      expect(stdout.join('')).toBe(`a ${MASK} z`);
    },
  );

  it('tells what it held back before any event that is no text', () => {
    const events = new EventMask(mask);
    expect(events.pass(text('stdout', 'see hunter'))).toEqual([text('stdout', 'see ')]);
    expect(events.pass(log('ended'))).toEqual([text('stdout', 'hunter'), log('ended')]);
    expect(events.rest()).toEqual([]);
  });

  it.each<[RunEventPayload, RunEventPayload]>([
    [log(`key ${secret}`), log(`key ${MASK}`)],
    [
      { type: 'tool-call', id: secret, name: 'bash', input: { command: `echo ${secret}` }, by: 'run' },
      { type: 'tool-call', id: secret, name: 'bash', input: { command: `echo ${MASK}` }, by: 'run' },
    ],
    [
      { type: 'tool-result', id: '1', name: 'bash', output: [secret], isError: false },
      { type: 'tool-result', id: '1', name: 'bash', output: [MASK], isError: false },
    ],
    [
      { type: 'provider-event', name: 'x', data: { [secret]: 1 } },
      { type: 'provider-event', name: 'x', data: { [MASK]: 1 } },
    ],
    [
      { type: 'citation', citation: { url: `https://x/?k=${secret}` } },
      { type: 'citation', citation: { url: `https://x/?k=${MASK}` } },
    ],
    [
      { type: 'run-end', status: 'failed', error: { code: 'failed', message: secret }, durationMs: 1 },
      { type: 'run-end', status: 'failed', error: { code: 'failed', message: MASK }, durationMs: 1 },
    ],
  ])('masks what an event says, and not what it is: %j', (payload, masked) => {
    expect(new EventMask(mask).pass(payload)).toEqual([masked]);
  });

  it('leaves words of the protocol, though somebody has made a secret of one', () => {
    const events = new EventMask(createSecretMask(['info', 'log-line']));
    expect(events.pass(log('more info'))).toEqual([
      { type: 'log-line', level: 'info', message: `more ${MASK}` },
    ]);
  });
});

describe('the masked writer', () => {
  it('keeps the order of calls that nobody awaits', async () => {
    const { masked, all } = stand();
    await Promise.all([
      masked.emit(text('stdout', 'one hunter')),
      masked.emit(log('first')),
      masked.emit(text('stdout', `2 ${secret} `)),
      masked.emit(log('second')),
    ]);
    expect((await all()).map((event) => ('text' in event ? event.text : event.type))).toEqual([
      'one hunter',
      'log-line',
      `2 ${MASK} `,
      'log-line',
    ]);
  });

  it('hands over at the end what it held back', async () => {
    const { masked, all } = stand();
    await masked.emit(text('stdout', 'ends with hunter2-hunter'));
    expect((await all()).map((event) => 'text' in event && event.text).join('')).toBe(
      'ends with hunter2-hunter',
    );
  });

  it('stores what it held back when it is to settle', async () => {
    const { masked, all } = stand();
    await masked.emit(text('stdout', 'hunter'));
    await masked.settle();
    await masked.emit(text('stdout', '2-hunter2'));
    expect((await all()).map((event) => 'text' in event && event.text)).toEqual(['hunter', '2-', 'hunter2']);
  });
});

describe('what a model is told', () => {
  const asked: Omit<ChatRequest, 'model'>[] = [];
  const chat: RunChat = {
    connection: { id: '1', name: 'One', providerId: 'one' },
    model: 'm',
    async *stream(request) {
      asked.push(request);
    },
  };

  it('has no secrets, in texts and in files', async () => {
    const state = { providerId: 'one', data: { signed: secret } };
    const request: Omit<ChatRequest, 'model'> = {
      instructions: `Use ${secret}`,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: secret },
            {
              type: 'file',
              file: { name: 'a.txt', mime: 'text/plain', read: async () => Buffer.from(`<${secret}>`) },
            },
          ],
        },
        { role: 'assistant', text: 'so', toolCalls: [], providerState: state },
        { role: 'tool', toolCallId: '1', content: Buffer.from(secret).toString('base64') },
      ],
    };
    for await (const _ of maskedChat(chat, mask).stream(request));
    const [told] = asked;
    expect(told?.instructions).toBe(`Use ${MASK}`);
    expect(told?.messages[0]).toMatchObject({ content: [{ text: MASK }, { file: { name: 'a.txt' } }] });
    expect(told?.messages[1]).toMatchObject({ providerState: state });
    expect(JSON.stringify(told?.messages[2])).toContain(MASK);
    const [user] = told?.messages ?? [];
    const file = user?.role === 'user' && user.content[1]?.type === 'file' && user.content[1].file;
    expect(String(file && Buffer.from(await file.read()))).toBe(`<${'*'.repeat(secret.length)}>`);
  });

  it('hands on what ends a request early', () => {
    const { signal } = new AbortController();
    const stream = jest.fn(chat.stream.bind(chat));
    void maskedChat({ ...chat, stream }, mask).stream({ messages: [] }, { signal });
    expect(stream).toHaveBeenCalledWith(expect.anything(), { signal });
  });

  it('is asked directly where there are no secrets', () => {
    expect(maskedChat(chat, noMask)).toBe(chat);
  });
});

describe('how a run ended', () => {
  it('quotes no secret', () => {
    const error = { code: 'failed', message: `bad ${secret}` };
    expect(maskedVerdict({ status: 'failed', error, output: { a: secret } }, mask)).toEqual({
      status: 'failed',
      error: { code: 'failed', message: `bad ${MASK}` },
      output: { a: MASK },
    });
    expect(maskedVerdict({ status: 'cancelled', error: null }, mask)).toEqual({
      status: 'cancelled',
      error: null,
    });
  });
});
