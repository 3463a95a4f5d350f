import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { checkedChunks, chunksIn, eventsOf, messageOf } from './fixtures/chunks';
import { uiMessageFormat } from './ui-message-format';

const person = { type: 'admin-user', id: 'ada', name: 'Ada' } as const;

const start: RunEventPayload = {
  type: 'run-start',
  isolation: 'bubblewrap',
  model: 'gpt-4.1',
  connection: { id: 'c', name: 'OpenAI' },
};
const end = (
  status: 'completed' | 'failed' | 'cancelled',
  error: { code: string; message: string } | null = null,
) => ({ type: 'run-end', status, error, durationMs: 12 }) as const;
const say = (text: string, stream: 'answer' | 'reasoning' | 'stdout' | 'stderr' = 'answer') =>
  ({ type: 'text-delta', stream, text }) as const;
const call = (id: string, input: unknown = { command: 'ls' }) =>
  ({ type: 'tool-call', id, name: 'bash', input, by: 'run' }) as const;
const result = (id: string, output: unknown, isError = false) =>
  ({ type: 'tool-result', id, name: 'bash', output, isError }) as const;
const ask = (callId: string) =>
  ({ type: 'approval-request', callId, name: 'bash', input: { command: 'ls' } }) as const;
const decide = (callId: string, approved: boolean) =>
  ({ type: 'approval', callId, approved, note: null, by: person }) as const;
const wait: RunEventPayload = { type: 'run-wait', reason: 'approval', until: '2026-12-01T00:00:00.000Z' };

const conversation: RunEventPayload[] = [
  start,
  { type: 'step-start', step: 1 },
  say('Let me', 'reasoning'),
  say(' see.', 'reasoning'),
  say('I look.'),
  call('a'),
  call('b', { command: 'false' }),
  result('b', 'exit code 1', true),
  result('a', { stdout: 'SKILL.md' }),
  { type: 'usage', inputTokens: 10, outputTokens: 2, cost: null },
  { type: 'step-start', step: 2 },
  { type: 'message', id: 'm', text: 'Be quick.', author: person },
  { type: 'file-load', alias: 'skill', path: 'notes.md' },
  say('There is one file.'),
  { type: 'citation', citation: { url: 'https://example.com', title: 'Example' } },
  { type: 'citation', citation: { quote: 'Somebody said so.' } },
  { type: 'artifact', artifact: { name: 'a b/ü.png', mime: 'image/png', size: 1, digest: 'd' } },
  { type: 'files-change', added: 1, modified: 0, removed: 0 },
  end('completed'),
];

/** All that a stream carries; `after` as a reader says that it has events. */
function stream(
  payloads: readonly RunEventPayload[],
  after = 0,
): ReturnType<typeof chunksIn> & { text: string } {
  const format = uiMessageFormat({
    runId: 'run-1',
    after,
    artifactUrl: (name) => `/artifacts/${encodeURIComponent(name)}`,
  });
  const text = format.write(eventsOf(payloads)) + format.end();
  return { ...chunksIn(text), text };
}

const types = (chunks: readonly unknown[]) => chunks.map((chunk) => (chunk as { type: string }).type);

describe('a run as the AI SDK’s message stream', () => {
  it('is one message, step by step, that the package understands', async () => {
    const { chunks, done } = stream(conversation);
    expect(done).toBe(true);
    const message = await messageOf(chunks);
    expect(message).toMatchObject({
      id: 'run-1',
      role: 'assistant',
      metadata: {
        runId: 'run-1',
        model: 'gpt-4.1',
        status: 'completed',
        usage: { inputTokens: 10, outputTokens: 2, cost: null },
      },
    });
    expect(message.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'reasoning', text: 'Let me see.', state: 'done' },
      { type: 'text', text: 'I look.', state: 'done' },
      {
        type: 'dynamic-tool',
        toolName: 'bash',
        toolCallId: 'a',
        state: 'output-available',
        output: { stdout: 'SKILL.md' },
      },
      { type: 'dynamic-tool', toolCallId: 'b', state: 'output-error', errorText: 'exit code 1' },
      { type: 'step-start' },
      { type: 'data-message', data: { text: 'Be quick.' } },
      { type: 'data-file-load', data: { path: 'notes.md' } },
      { type: 'text', text: 'There is one file.' },
      { type: 'source-url', url: 'https://example.com', title: 'Example' },
      { type: 'source-document', title: 'Somebody said so.' },
      { type: 'data-artifact', data: { name: 'a b/ü.png', url: '/artifacts/a%20b%2F%C3%BC.png' } },
      { type: 'file', mediaType: 'image/png' },
      { type: 'data-files-change', data: { added: 1 } },
    ]);
    expect(types(chunks).filter((type) => type === 'start-step')).toHaveLength(2);
    expect(types(chunks).filter((type) => type === 'finish-step')).toHaveLength(2);
    expect(types(chunks).at(-1)).toBe('finish');
  });

  it('numbers the last chunk of each event that has any', () => {
    const { ids } = stream(conversation);
    expect(ids).toEqual([...ids].sort((left, right) => left - right));
    expect(ids.at(-1)).toBe(conversation.length);
  });

  it('opens again what is open, wherever a reader begins, and loses nothing', async () => {
    const whole = types(stream(conversation).chunks).length;
    for (let after = 1; after < conversation.length; after += 1) {
      const { chunks, done } = stream(conversation, after);
      expect(done).toBe(true);
      expect(types(chunks)[0]).toBe('start');
      expect(chunks.length).toBeLessThanOrEqual(whole + 2);
      await messageOf(chunks);
    }
    const tail = await messageOf(stream(conversation, 7).chunks);
    expect(tail.parts.filter(({ type }) => type === 'dynamic-tool')).toHaveLength(2);
  });

  it('goes on with a message that the reader has, without a second part for the same call', async () => {
    const first = await messageOf(stream(conversation.slice(0, 7)).chunks);
    const both = await messageOf(stream(conversation, 7).chunks, first);
    const calls = both.parts.filter(({ type }) => type === 'dynamic-tool');
    expect(calls).toMatchObject([
      { toolCallId: 'a', state: 'output-available' },
      { toolCallId: 'b', state: 'output-error' },
    ]);
  });

  it('tells a failure as an error, after what it is', async () => {
    const { chunks, done } = stream([
      start,
      say('Half'),
      end('failed', { code: 'steps-budget', message: 'Too many steps.' }),
    ]);
    expect(types(chunks)).toEqual([
      'start',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'message-metadata',
      'error',
      'finish',
    ]);
    expect(done).toBe(true);
    await expect(messageOf(chunks)).rejects.toThrow('Too many steps.');
  });

  it('tells a cancelled run as aborted, even one that never began', async () => {
    const message = await messageOf(stream([end('cancelled')]).chunks);
    expect(message.metadata).toMatchObject({ runId: 'run-1', status: 'cancelled' });
    expect(types(stream([start, say('Half'), end('cancelled')]).chunks).at(-1)).toBe('abort');
  });

  it('stops at calls that a person must decide about, so that the client can answer', async () => {
    const { chunks, done } = stream([
      start,
      { type: 'step-start', step: 1 },
      call('a'),
      ask('a'),
      ask('b'),
      wait,
    ]);
    expect(done).toBe(true);
    expect(chunks.at(-1)).toEqual({ type: 'finish', finishReason: 'tool-calls' });
    const { parts } = await messageOf(chunks);
    expect(parts).toMatchObject([
      { type: 'step-start' },
      { toolCallId: 'a', state: 'approval-requested', approval: { id: 'a' } },
      { toolCallId: 'b', state: 'approval-requested', approval: { id: 'b' } },
    ]);
  });

  it('shows decided calls with what came of them', async () => {
    const { chunks } = stream([
      start,
      call('a'),
      call('b'),
      ask('a'),
      ask('b'),
      wait,
      { type: 'run-resume' },
      decide('a', true),
      decide('b', false),
      result('a', 'done'),
      result('b', 'A person has refused it.', true),
      say('So be it.'),
      end('completed'),
    ]);
    const { parts } = await messageOf(chunks);
    expect(parts).toMatchObject([
      { type: 'step-start' },
      { toolCallId: 'a', state: 'output-available', output: 'done' },
      { toolCallId: 'b', state: 'output-denied' },
      { type: 'text', text: 'So be it.' },
    ]);
  });

  it('asks again for what is still open when a reader has all of it', async () => {
    const events: RunEventPayload[] = [
      start,
      call('a'),
      call('b'),
      ask('a'),
      ask('b'),
      wait,
      decide('a', true),
    ];
    const { chunks, done } = stream(events, events.length);
    expect(done).toBe(true);
    const { parts } = await messageOf(chunks);
    const states = parts.flatMap((part) =>
      part.type === 'dynamic-tool' ? [[part.toolCallId, part.state]] : [],
    );
    expect(states).toEqual([
      ['a', 'input-available'],
      ['b', 'approval-requested'],
    ]);
  });

  it('goes on behind the decisions of a reader, however long ago it made them', async () => {
    const before: RunEventPayload[] = [start, say('First.'), call('a'), ask('a'), wait];
    const then: RunEventPayload[] = [
      decide('a', true),
      { type: 'run-resume' },
      result('a', 'x'),
      say('Second.'),
      call('b'),
      ask('b'),
      wait,
    ];
    const format = uiMessageFormat({
      runId: 'run-1',
      after: 0,
      answered: new Set(['a']),
      artifactUrl: (name) => name,
    });
    const { chunks, done } = chunksIn(format.write(eventsOf([...before, ...then])) + format.end());
    expect(done).toBe(true);
    const { parts } = await messageOf(chunks);
    expect(JSON.stringify(parts)).not.toContain('First.');
    expect(JSON.stringify(parts)).toContain('Second.');
    expect(parts.filter(({ type }) => type === 'dynamic-tool')).toMatchObject([
      { toolCallId: 'a', state: 'output-available' },
      { toolCallId: 'b', state: 'approval-requested' },
    ]);
  });

  it('says nothing of an end while the run goes on', () => {
    expect(stream([start, say('Half')]).done).toBe(false);
    expect(stream([start, { ...wait, reason: 'child-runs' } as RunEventPayload]).done).toBe(false);
  });

  it('shows what a script prints as its answer, and what an agent’s programs print as passing output', async () => {
    const script = await messageOf(
      stream([
        { type: 'run-start', isolation: 'in-process', command: 'sh' },
        say('hello', 'stdout'),
        say('!', 'stderr'),
        end('completed'),
      ]).chunks,
    );
    expect(script.parts).toMatchObject([{ type: 'step-start' }, { type: 'text', text: 'hello' }]);
    const { chunks } = stream([
      start,
      call('a'),
      say('a.txt', 'stdout'),
      result('a', 'a.txt'),
      end('completed'),
    ]);
    expect(chunks).toContainEqual({
      type: 'data-output',
      data: { stream: 'stdout', text: 'a.txt' },
      transient: true,
    });
    expect((await messageOf(chunks)).parts.map(({ type }) => type)).toEqual(['step-start', 'dynamic-tool']);
  });

  it('passes over events of kinds to come, and shows the result of a call that it has not seen', async () => {
    const unknown = { type: 'telepathy', thought: 'x' } as unknown as RunEventPayload;
    const { chunks } = stream([start, unknown, result('ghost', null), end('completed')]);
    expect((await messageOf(chunks)).parts).toMatchObject([
      { type: 'step-start' },
      { toolCallId: 'ghost', state: 'output-available', output: null },
    ]);
  });

  it('survives whatever text a model writes', async () => {
    const hostile = ['\u0000', '\ud800', '\n\ndata: [DONE]\n\n', '</script>', '\u2028'];
    const { chunks } = stream([
      start,
      ...hostile.map((text) => say(text)),
      call('__proto__', { a: hostile }),
      end('completed'),
    ]);
    const message = await messageOf(chunks);
    expect(message.parts[1]).toMatchObject({ type: 'text', text: hostile.join('') });
    await checkedChunks(chunks);
  });

  it('has a chunk, or none, for every event that there is', async () => {
    const others: RunEventPayload[] = [
      { type: 'skill-load', alias: 'a', version: 1 },
      { type: 'child-run', callId: 'c', runId: 'r', alias: 'a' },
      { type: 'provider-event', name: 'x', data: undefined },
      { type: 'log-line', level: 'info', message: 'x' },
      { type: 'run-resume' },
    ];
    const { chunks } = stream([start, ...others, end('completed')]);
    await checkedChunks(chunks);
    expect(types(chunks)).toEqual([
      'start',
      'data-skill-load',
      'data-child-run',
      'data-provider-event',
      'data-log-line',
      'data-run-resume',
      'finish',
    ]);
  });
});
