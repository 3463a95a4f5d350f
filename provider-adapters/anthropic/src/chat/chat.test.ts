import type { ChatEvent } from 'strapi-plugin-skills-shared/provider';
import type { AnthropicPeerOptions, PeerAnswer } from '../../../../tests/support/peers/anthropic';
import { connect, finishOf, only, says, type Connected } from '../../fixtures/connect';
import type { Settings } from '../connection/settings';

const webSearch = { skillTypeId: 'web-search', settings: {} };
const codeExecution = { skillTypeId: 'code-execution', settings: {} };

const bytesOf = async (file: Extract<ChatEvent, { type: 'file' }>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await file.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('an answer of Claude’s', () => {
  let connected: Connected;
  const open = async (
    options: AnthropicPeerOptions = {},
    settings: Partial<Settings> = {},
  ): Promise<Connected> => (connected = await connect(options, settings));

  afterEach(async () => {
    expect(connected.peer.failures).toEqual([]);
    expect(connected.peer.openStreams).toBe(0);
    await connected.peer.close();
  });

  it('tells a search, what it found, and where statements come from', async () => {
    const sources = [{ url: 'https://strapi.io/a', title: 'A' }];
    const { ask } = await open({
      answers: [{ preamble: 'Let me look.', webSearch: { query: 'strapi', sources }, text: 'It is so.' }],
    });
    const events = await ask({ skills: [webSearch] });
    expect(only(events, 'tool-call')).toEqual([
      {
        type: 'tool-call',
        id: 'srvtoolu_search_1',
        name: 'web_search',
        input: { query: 'strapi' },
        by: 'provider',
      },
    ]);
    expect(only(events, 'tool-result')).toEqual([
      { type: 'tool-result', id: 'srvtoolu_search_1', name: 'web_search', output: sources, isError: false },
    ]);
    expect(only(events, 'citation')).toEqual([
      { type: 'citation', citation: { url: 'https://strapi.io/a', title: 'A', quote: 'From A.' } },
    ]);
    expect(only(events, 'usage').at(-1)?.usage.billedToolCalls).toEqual({ web_search: 1 });
    // What is said before and after the vendor's tool are two paragraphs.
    expect(finishOf(events).message.text).toBe('Let me look.\n\nIt is so.');
    expect(finishOf(events).message.toolCalls).toEqual([]);
  });

  it('tells a page that was fetched by an excerpt, and cites it', async () => {
    const text = 'x'.repeat(5_000);
    const { ask } = await open({ answers: [{ webFetch: { url: 'https://strapi.io/b', title: 'B', text } }] });
    const events = await ask({ skills: [{ skillTypeId: 'web-fetch', settings: { citations: true } }] });
    const [result] = only(events, 'tool-result');
    expect(result?.output).toMatchObject({ url: 'https://strapi.io/b', title: 'B', characters: 5_000 });
    expect((result?.output as { excerpt: string }).excerpt).toHaveLength(2_000);
    expect(only(events, 'citation')[0]?.citation).toEqual({ title: 'B', quote: text });
  });

  it('tells that a tool failed', async () => {
    const { ask } = await open({
      answers: [
        {
          webSearch: { query: 'q', errorCode: 'max_uses_exceeded' },
          webFetch: { url: 'https://a.example', errorCode: 'url_not_accessible' },
          codeExecution: { code: 'false', stderr: 'no', returnCode: 1 },
        },
      ],
    });
    const results = only(await ask({ skills: [webSearch, codeExecution] }), 'tool-result');
    expect(results.map(({ name, output, isError }) => ({ name, output, isError }))).toEqual([
      { name: 'web_search', output: { errorCode: 'max_uses_exceeded' }, isError: true },
      { name: 'web_fetch', output: { errorCode: 'url_not_accessible' }, isError: true },
      {
        name: 'bash_code_execution',
        output: { files: 0, returnCode: 1, stderr: 'no', stdout: '' },
        isError: true,
      },
    ]);
  });

  it.each(['bash', 'python'] as const)(
    'gives the files that its container made, once each and lazily (%s)',
    async (tool) => {
      const files = [
        { name: '/outputs/chart.png', content: 'PNG', mime: 'image/png' },
        { name: 'secret.bin', content: '', downloadable: false },
      ];
      const { ask, peer } = await open({
        answers: [{ codeExecution: { tool, code: 'make()', files }, editor: { path: 'a.txt', text: 'A' } }],
      });
      const events = await ask({ skills: [codeExecution] });
      const [file, ...others] = only(events, 'file');
      expect(others).toEqual([]);
      expect(file).toMatchObject({ name: 'chart.png', mime: 'image/png' });
      expect(only(events, 'provider-event')).toEqual([
        { type: 'provider-event', name: 'file-not-downloadable', data: { name: 'secret.bin' } },
      ]);
      const downloads = () => peer.requests.filter(({ url }) => url.endsWith('/content'));
      expect(downloads()).toHaveLength(0);
      expect(file && (await bytesOf(file))).toBe('PNG');
      expect(downloads()).toHaveLength(1);
    },
  );

  it.each(['pptx', 'xlsx', 'docx', 'pdf'])('makes a document with the skill %s', async (id) => {
    const { ask, sent } = await open();
    const [file] = only(await ask({ skills: [{ skillTypeId: id, settings: {} }] }), 'file');
    expect(sent()['container']).toEqual({ skills: [{ type: 'anthropic', skill_id: id, version: 'latest' }] });
    expect(file?.name).toBe(`document.${id}`);
    expect(file && (await bytesOf(file))).toBe(`A ${id} of the peer.`);
  });

  it('ends with an error when a file that it made cannot be had', async () => {
    const { ask, peer } = await open({
      answers: [{ codeExecution: { code: 'make()', files: [{ name: 'a', content: '' }] } }],
    });
    jest.spyOn(peer.files, 'find').mockReturnValue(undefined);
    expect((await ask({ skills: [codeExecution] })).at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'invalid-request', status: 404 },
    });
  });

  it('goes on in the container of the turn before', async () => {
    const { ask, sent } = await open();
    const first = finishOf(await ask({ skills: [codeExecution] }));
    const messages = [...says('Go.'), first.message, ...says('Go on.')];
    await ask({ skills: [codeExecution], messages });
    expect(sent()['container']).toEqual({ id: 'container_1' });
    // Where no code may run, the vendor takes no container.
    await ask({ messages });
    expect(sent()).not.toHaveProperty('container');
  });

  it('thinks aloud, and gets its thoughts back with their signatures', async () => {
    const { ask, sent } = await open(
      {
        answers: [
          {
            thinking: 'Hm, well.',
            redactedThinking: 'secret',
            text: 'Yes.',
            usage: { input: 5, output: 9, thinking: 4 },
          },
          {},
        ],
      },
      { thinking: 'budget', thinkingTokens: 2_000 },
    );
    const events = await ask({ maxOutputTokens: 4_000 });
    expect(sent()['thinking']).toEqual({ type: 'enabled', budget_tokens: 2_000 });
    expect(
      only(events, 'reasoning-delta')
        .map(({ text }) => text)
        .join(''),
    ).toBe('Hm, well.');
    expect(only(events, 'usage').at(-1)?.usage).toEqual({
      inputTokens: 5,
      outputTokens: 9,
      reasoningTokens: 4,
    });
    const { message } = finishOf(events);
    await ask({ messages: [...says('Go.'), message, ...says('Sure?')] });
    const [, turn] = sent()['messages'] as { content: unknown[] }[];
    expect(turn?.content).toEqual([
      { type: 'thinking', thinking: 'Hm, well.', signature: expect.stringMatching(/.+/) },
      { type: 'redacted_thinking', data: expect.stringMatching(/.+/) },
      { type: 'text', text: 'Yes.', citations: null },
    ]);
  });

  it('thinks as it is told', async () => {
    const { ask, sent } = await open({}, { thinking: 'adaptive' });
    await ask();
    expect(sent()['thinking']).toEqual({ type: 'adaptive', display: 'summarized' });
    await connected.peer.close();
    const short = await open({}, { thinking: 'budget' });
    await short.ask({ maxOutputTokens: 1_000 });
    expect(short.sent()).not.toHaveProperty('thinking');
    expect(short.sent()['max_tokens']).toBe(1_000);
  });

  it('calls several tools, and their results go back in one message', async () => {
    const toolCalls = [
      { id: 'toolu_a', name: 'look_up', arguments: { q: 'a' } },
      { id: 'toolu_b', name: 'look_up', arguments: {} },
    ];
    const { ask, sent } = await open({ answers: [{ text: 'Two things.', toolCalls }, {}] });
    const tools = [
      {
        name: 'look_up',
        description: 'Looks up.',
        inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
      },
    ];
    const events = await ask({ tools });
    const { message, reason } = finishOf(events);
    expect(reason).toBe('tool-calls');
    expect(message.toolCalls).toEqual([
      { id: 'toolu_a', name: 'look_up', input: { q: 'a' } },
      { id: 'toolu_b', name: 'look_up', input: {} },
    ]);
    expect(only(events, 'tool-call').every(({ by }) => by === 'caller')).toBe(true);
    await ask({
      tools,
      messages: [
        ...says('Go.'),
        message,
        { role: 'tool', toolCallId: 'toolu_a', content: 'A' },
        { role: 'tool', toolCallId: 'toolu_b', content: 'no', isError: true },
        ...says('And?'),
      ],
    });
    expect((sent()['messages'] as unknown[])[2]).toEqual({
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'toolu_a', content: 'A' },
        { type: 'tool_result', tool_use_id: 'toolu_b', content: 'no', is_error: true },
        { type: 'text', text: 'And?' },
      ],
    });
  });

  it('keeps the text of an input that is not JSON, and the conversation can go on', async () => {
    const toolCalls = [{ id: 'toolu_a', name: 'look_up', arguments: '{"q": nonsense' }];
    const { ask } = await open({ answers: [{ toolCalls }, {}] });
    const { message } = finishOf(await ask());
    expect(message.toolCalls).toEqual([{ id: 'toolu_a', name: 'look_up', input: '{"q": nonsense' }]);
    const result = {
      role: 'tool',
      toolCallId: 'toolu_a',
      content: 'That was no JSON.',
      isError: true,
    } as const;
    expect(finishOf(await ask({ messages: [...says('Go.'), message, result] })).reason).toBe('stop');
  });

  it('that was cut off within a call tells no half of it', async () => {
    const toolCalls = [{ name: 'look_up', arguments: '{"q": "half' }];
    const { ask } = await open({ answers: [{ text: 'So', toolCalls, stopReason: 'max_tokens' }, {}] });
    const events = await ask();
    expect(only(events, 'tool-call')).toEqual([]);
    const { message, reason } = finishOf(events);
    expect(reason).toBe('length');
    expect(message.toolCalls).toEqual([]);
    expect(finishOf(await ask({ messages: [...says('Go.'), message, ...says('Go on.')] })).reason).toBe(
      'stop',
    );
  });

  it('of another provider is told by its text and calls', async () => {
    const { ask, sent } = await open();
    await ask({
      messages: [
        ...says('Go.'),
        {
          role: 'assistant',
          text: 'Hm.',
          toolCalls: [{ id: 'call|1', name: 'f', input: 'x' }],
          providerState: { providerId: 'openai', data: { secret: 1 } },
        },
        { role: 'tool', toolCallId: 'call|1', content: 'ok' },
      ],
    });
    expect((sent()['messages'] as unknown[]).slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Hm.' },
          { type: 'tool_use', id: 'call_1', name: 'f', input: { INVALID_JSON: 'x' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'ok' }] },
    ]);
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'refusal'],
  ] as const)('that stops for %s finishes as %s', async (stopReason, reason) => {
    const { ask } = await open({ answers: [{ text: 'Well.', stopReason }] });
    expect(finishOf(await ask()).reason).toBe(reason);
  });

  it('that is a refusal says of what category', async () => {
    const refusal = { category: 'cyber', explanation: 'No.' } as const;
    const { ask } = await open({ answers: [{ text: '', refusal }] });
    const events = await ask();
    expect(only(events, 'provider-event')).toEqual([
      { type: 'provider-event', name: 'refusal', data: refusal },
    ]);
    expect(finishOf(events)).toMatchObject({ reason: 'refusal', message: { text: '' } });
  });

  it('counts what came from and went to the cache as input too', async () => {
    const usage = { input: 10, output: 5, cached: 100, cacheWrite: 1_000 };
    const { ask } = await open({ answers: [{ usage }] });
    expect(only(await ask(), 'usage').at(-1)?.usage).toEqual({
      inputTokens: 1_110,
      outputTokens: 5,
      cachedInputTokens: 100,
      cacheWriteTokens: 1_000,
    });
  });
});

describe('a turn that Anthropic pauses', () => {
  it('goes on by itself, in its container, as one answer', async () => {
    const searching: PeerAnswer = {
      webSearch: { query: 'q', sources: [] },
      text: 'Looking.',
      stopReason: 'pause_turn',
    };
    const { ask, sent, peer } = await connect({
      answers: [searching, { ...searching, text: 'Still.' }, { text: 'Found.' }],
    });
    const events = await ask({ skills: [webSearch, { skillTypeId: 'pdf', settings: {} }] });
    expect(peer.requests).toHaveLength(3);
    expect(finishOf(events)).toMatchObject({ reason: 'stop', message: { text: 'Looking.\n\nStill.Found.' } });
    expect(only(events, 'usage').at(-1)?.usage).toEqual({
      inputTokens: 36,
      outputTokens: 102,
      billedToolCalls: { web_search: 2 },
    });
    expect(sent()['container']).toMatchObject({ id: 'container_1', skills: [{ skill_id: 'pdf' }] });
    const messages = sent()['messages'] as { role: string; content: unknown[] }[];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(messages[1]?.content).toHaveLength(6);
    expect(peer.failures).toEqual([]);
    await peer.close();
  });

  it('does not go on forever', async () => {
    const { ask, peer } = await connect({ answers: [{ text: 'On.', stopReason: 'pause_turn' }] });
    expect(finishOf(await ask()).reason).toBe('other');
    expect(peer.requests).toHaveLength(11);
    await peer.close();
  });
});
