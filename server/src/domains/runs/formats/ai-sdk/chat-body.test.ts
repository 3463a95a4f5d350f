import type { Readable } from 'node:stream';
import { readChatBody, isChatBody } from './chat-body';

const limits = { maxInputFileBytes: 100 };
const text = (words: string) => ({ type: 'text', text: words });
const says = (role: 'user' | 'assistant' | 'system', words: string) => ({
  id: `${role}-1`,
  role,
  parts: [text(words)],
});
const chat = (...messages: object[]) => ({ id: 'chat', trigger: 'submit-message', messages });

function start(body: unknown) {
  const request = readChatBody(body, limits);
  if (request.type !== 'start') throw new Error('It starts nothing.');
  return request.body;
}

async function contentOf(open: () => Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of open() as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const file = (url: string, filename?: string) => ({
  type: 'file',
  mediaType: 'text/plain',
  url,
  ...(filename && { filename }),
});

describe('what a chat asks for', () => {
  it('is a run with the person’s last words, and with what else the client says', () => {
    const body = start({
      ...chat(says('user', ' Hello. ')),
      model: 'gpt-4.1',
      budget: { steps: 3 },
      custom: 'x',
    });
    expect(body).toEqual({ prompt: 'Hello.', model: 'gpt-4.1', budget: { steps: 3 }, uploads: [] });
  });

  it('has what was said before above the last words', () => {
    const { prompt } = start(
      chat(
        says('system', 'Be kind.'),
        says('user', 'Hi.'),
        says('assistant', 'Hello.'),
        says('user', 'And now?'),
      ),
    );
    expect(prompt).toBe(
      'What was said in this conversation so far:\n\nSystem: Be kind.\n\nUser: Hi.\n\nAssistant: Hello.\n\nWhat the user says now:\n\nAnd now?',
    );
  });

  it('forgets the oldest words when there is no room for all', () => {
    const long = 'x'.repeat(60_000);
    const { prompt } = start(
      chat(says('user', `first ${long}`), says('assistant', `second ${long}`), says('user', 'Now.')),
    );
    expect(prompt!.length).toBeLessThanOrEqual(100_000);
    expect(prompt).toContain('second');
    expect(prompt).not.toContain('first');
    expect(start(chat(says('user', 'before'), says('user', 'y'.repeat(100_000)))).prompt).toBe(
      'y'.repeat(100_000),
    );
  });

  it('takes files as data URLs, in base64 or escaped, each under a name of its own', async () => {
    const parts = [
      text('Look.'),
      file(`data:text/plain;base64,${Buffer.from('one').toString('base64')}`, 'a.txt'),
      file('data:text/plain;charset=utf-8,%C3%BC%20two', 'A.txt'),
      file('data:,', 'a.txt'),
      file('data:image/png;base64,eA=='),
    ];
    const { uploads } = start(chat({ role: 'user', parts }));
    expect(uploads.map(({ name }) => name)).toEqual(['a.txt', 'A-2.txt', 'a-3.txt', 'file-4.txt']);
    expect(await contentOf(() => uploads[0]!.open())).toBe('one');
    expect(await contentOf(() => uploads[1]!.open())).toBe('ü two');
    expect(await contentOf(() => uploads[2]!.open())).toBe('');
  });

  it('refuses files that are elsewhere, or larger than they may be', () => {
    const ask = (url: string) => () => start(chat({ role: 'user', parts: [file(url)] }));
    for (const url of [
      'http://169.254.169.254/',
      'file:///etc/passwd',
      'data:no-comma',
      'javascript:alert(1),',
      '',
    ])
      expect(ask(url)).toThrow(
        expect.objectContaining({ details: expect.objectContaining({ code: 'file-url-unsupported' }) }),
      );
    expect(ask(`data:,${'x'.repeat(101)}`)).toThrow(
      expect.objectContaining({ details: { code: 'upload-too-large', path: ['messages'], limit: 100 } }),
    );
    const many = Array.from({ length: 101 }, () => file('data:,x'));
    expect(() => start(chat({ role: 'user', parts: many }))).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ code: 'too-many-files' }) }),
    );
  });

  it('is a decision when the assistant’s last message holds a person’s answers', () => {
    const part = (toolCallId: string, approved: boolean, reason?: string) => ({
      type: 'dynamic-tool',
      toolName: 'bash',
      toolCallId,
      state: 'approval-responded',
      approval: { id: toolCallId, approved, reason },
    });
    const parts = [
      text('Wait.'),
      part('a', true),
      part('b', false, ' No. '),
      { ...part('c', true), state: 'output-available' },
    ];
    expect(
      readChatBody(chat(says('user', 'Go.'), { id: 'run-1', role: 'assistant', parts }), limits),
    ).toEqual({
      chatId: 'chat',
      type: 'decide',
      runId: 'run-1',
      decisions: [
        { callId: 'a', approved: true },
        { callId: 'b', approved: false, note: 'No.' },
      ],
    });
  });

  it('is known by its messages', () => {
    expect(isChatBody({ messages: [] })).toBe(true);
    for (const body of [undefined, null, 'messages', {}, { prompt: 'x' }])
      expect(isChatBody(body)).toBe(false);
  });
});
