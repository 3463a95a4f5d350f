import {
  DefaultChatTransport,
  lastAssistantMessageIsCompleteWithApprovalResponses,
  type ChatInit,
  type UIMessage,
  type UIMessageChunk,
} from 'ai';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { openAgentStand, type AgentStand } from '../support/agents';
import type { Caller } from '../support/callers';
import { ChatClient, chatTransport } from '../support/chat-client';
import { call, prompt } from '../support/peers/conversation';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';

// @any-database: It is about words on the wire.

const GRANTS = [
  'run.create',
  'run.findOne',
  'run.events',
  'run.chatStream',
  'run.cancel',
  'run.decide',
  'run.findApprovals',
  'run.artifact',
];

describe('runs for clients of the AI SDK', () => {
  let stand: AgentStand;
  let agent: Caller;
  let api: string;

  beforeAll(async () => {
    stand = await openAgentStand({
      scripts: {
        text: [
          ({ said }) => ({ text: said.join().includes('so far') ? 'I remember.' : ['Hello ', 'there.'] }),
        ],
        think: [
          {
            reasoning: 'I should look.',
            toolCalls: [call('bash', { command: 'echo found; echo x > notes.md' }, 'c1')],
          },
          { toolCalls: [call('read_file', { path: 'nowhere.md' }, 'c2')] },
          { text: 'Found it.' },
        ],
        broken: [{ status: 400, failure: { code: 'bad', message: 'No.' } }],
        hang: [{ toolCalls: [call('bash', { command: 'sleep 600' })] }],
        slow: [{ toolCalls: [call('bash', { command: 'sleep 1; echo slept' })] }, { text: 'Awake.' }],
        ask: [
          {
            toolCalls: [
              call('bash', { command: 'echo yes' }, 'a1'),
              call('bash', { command: 'echo no' }, 'a2'),
            ],
          },
          ({ results }) => ({ text: `They said: ${results.slice(-2).join(' | ')}` }),
        ],
        askTwice: [
          { toolCalls: [call('bash', { command: 'echo one' }, 'b1')] },
          { toolCalls: [call('bash', { command: 'echo two' }, 'b2')] },
          { text: 'Both.' },
        ],
        files: [
          { toolCalls: [call('bash', { command: 'cat /work/input/*' })] },
          ({ results }) => ({ text: results.at(-1) ?? '' }),
        ],
      },
    });
    agent = await stand.app.contentToken(GRANTS);
    await stand.createSkill({ alias: 'helper' });
    await stand.ada.agent
      .put('/skills/agent-defaults')
      .send({ connection: stand.connection.id, model: null })
      .expect(200);
    api = `${stand.app.url}/api/skills/helper/runs?format=ai-sdk`;
  });

  afterAll(() => stand.close());

  const chatOf = (
    init: Partial<ChatInit<UIMessage>> & { body?: object; caller?: Caller } = {},
  ): ChatClient => {
    const { body, caller = agent, ...rest } = init;
    return new ChatClient({ transport: chatTransport(api, caller.token, body), ...rest });
  };

  const read = async (id: string): Promise<Run> =>
    (await agent.agent.get(`/api/skill-runs/${id}`).expect(200)).body.data;

  const post = (body: object, caller = agent) =>
    caller.agent.post('/api/skills/helper/runs?format=ai-sdk').send(body);

  const userMessage = (text: string, id = 'm1') => ({ id, role: 'user', parts: [{ type: 'text', text }] });

  it('show text as it comes, in a message of the run', async () => {
    const chat = chatOf();
    await chat.sendMessage({ text: prompt('text') });
    expect(chat.error).toBeUndefined();
    expect(chat.status).toBe('ready');
    expect(chat.text).toBe('Hello there.');
    const run = await read(chat.lastMessage!.id);
    expect(run).toMatchObject({ status: 'completed', prompt: prompt('text'), execution: 'agent' });
    expect(chat.lastMessage).toMatchObject({
      role: 'assistant',
      metadata: { runId: run.id, status: 'completed' },
    });
  });

  it('know what was said before', async () => {
    const chat = chatOf();
    await chat.sendMessage({ text: prompt('text') });
    await chat.sendMessage({ text: 'And now?' });
    expect(chat.text).toBe('I remember.');
    const run = await read(chat.lastMessage!.id);
    expect(run.prompt).toContain('Assistant: Hello there.');
    expect(run.prompt?.endsWith('And now?')).toBe(true);
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  });

  it('show reasoning, tool calls with their results, and what failed', async () => {
    const chat = chatOf();
    await chat.sendMessage({ text: prompt('think') });
    expect(chat.error).toBeUndefined();
    const parts = chat.lastMessage!.parts.filter(
      ({ type }) => !type.startsWith('data-') && type !== 'step-start',
    );
    expect(parts).toMatchObject([
      { type: 'reasoning', text: 'I should look.', state: 'done' },
      {
        type: 'dynamic-tool',
        toolName: 'bash',
        state: 'output-available',
        input: { command: expect.any(String) as string },
      },
      { type: 'dynamic-tool', toolName: 'read_file', state: 'output-error' },
      { type: 'text', text: 'Found it.', state: 'done' },
    ]);
    expect(chat.lastMessage!.parts).toContainEqual(
      expect.objectContaining({ type: 'data-files-change', data: { added: 1, modified: 0, removed: 0 } }),
    );
  });

  it('show a failed run as an error', async () => {
    const errors: Error[] = [];
    const chat = chatOf({ onError: (error) => void errors.push(error) });
    await chat.sendMessage({ text: prompt('broken') });
    expect(chat.status).toBe('error');
    expect(errors).toHaveLength(1);
    const run = await read(chat.lastMessage!.id);
    expect(run.status).toBe('failed');
    expect(chat.error?.message).toBe(run.error?.message);
  });

  it('show a cancelled run as ended', async () => {
    const chat = chatOf();
    const sending = chat.sendMessage({ text: prompt('hang') });
    const id = await eventually(() => chat.lastMessage?.role === 'assistant' && chat.lastMessage.id);
    await agent.agent.post(`/api/skill-runs/${id}/cancellation`).expect(200);
    await sending;
    expect(chat.status).toBe('ready');
    expect(chat.lastMessage?.metadata).toMatchObject({ status: 'cancelled' });
  });

  it('stop at what a person must decide, and go on with the answers in the same message', async () => {
    const chat = chatOf({
      body: { approval: ['bash'] },
      sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
    });
    await chat.sendMessage({ text: prompt('ask') });
    const asked = chat.lastMessage!.parts.filter((part) => part.type === 'dynamic-tool');
    expect(asked).toMatchObject([{ state: 'approval-requested' }, { state: 'approval-requested' }]);
    expect(await read(chat.lastMessage!.id)).toMatchObject({
      status: 'waiting',
      waiting: { reason: 'approval' },
    });
    const [first, second] = asked.map(({ approval }) => approval!.id);
    await chat.addToolApprovalResponse({ id: first!, approved: true });
    await chat.addToolApprovalResponse({ id: second!, approved: false, reason: 'Not now.' });
    await eventually(() => chat.status === 'ready' && chat.text.startsWith('They said'));
    expect(chat.messages).toHaveLength(2);
    const decided = chat.lastMessage!.parts.filter((part) => part.type === 'dynamic-tool');
    expect(decided).toMatchObject([{ state: 'output-available' }, { state: 'output-denied' }]);
    expect(chat.text).toContain('yes');
    expect(chat.text).toContain('Not now.');
    expect(await read(chat.lastMessage!.id)).toMatchObject({ status: 'completed' });
  });

  it('show what is asked next to a client that sends its answers again, because its connection broke', async () => {
    const chat = chatOf({ body: { approval: ['bash'] } });
    await chat.sendMessage({ text: prompt('askTwice') });
    const id = chat.lastMessage!.id;
    const messages = JSON.parse(
      JSON.stringify(chat.messages).replaceAll('approval-requested', 'approval-responded'),
    );
    for (const part of messages[1].parts) if (part.approval) part.approval.approved = true;
    const answer = async () => (await post({ id: 'chat', messages }).buffer(true).expect(200)).text;
    const first = await answer();
    expect(await read(id)).toMatchObject({ status: 'waiting' });
    const again = await answer();
    for (const text of [first, again]) {
      expect(text).toContain('"output":');
      expect(text).toContain('"type":"tool-approval-request"');
      expect(text.trim().endsWith('data: [DONE]')).toBe(true);
    }
  });

  it('let only those decide who are granted it, and whose run it is', async () => {
    const chat = chatOf({ body: { approval: ['bash'] } });
    await chat.sendMessage({ text: prompt('ask') });
    const answered = JSON.parse(
      JSON.stringify(chat.messages).replaceAll('approval-requested', 'approval-responded'),
    );
    for (const part of answered[1].parts) if (part.approval) part.approval.approved = true;
    const body = { id: 'chat', messages: answered };
    const starter = await stand.app.contentToken(['run.create']);
    await post(body, starter).expect(403);
    const refused = await post(body, await stand.app.contentToken(GRANTS)).expect(404);
    expect(refused.body.error.details.code).toBe('run-not-found');
    expect(await read(chat.lastMessage!.id)).toMatchObject({ status: 'waiting' });
  });

  it('are found again by a client that lost the connection, or begins anew, and by nobody else', async () => {
    const lost = chatOf({ id: 'chat-1' });
    const sending = lost.sendMessage({ text: prompt('slow') });
    await eventually(() => lost.lastMessage?.role === 'assistant');
    await lost.stop();
    await sending;
    const again = chatOf({ id: 'chat-1', messages: lost.messages.slice(0, 1) });
    await again.resumeStream();
    expect(again.text).toBe('Awake.');
    expect(again.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    const url = '/api/skills/helper/runs/chat-1/stream?format=ai-sdk';
    await agent.agent.get(url).expect(204);
    const stranger = await stand.app.contentToken(GRANTS);
    await stranger.agent.get(url).expect(204);
    await agent.agent.get('/api/skills/helper/runs/never/stream').expect(204);
  });

  it('are streamed to whoever follows a run, from its beginning or from any event, on both APIs', async () => {
    const started = await post({ prompt: prompt('think') })
      .buffer(true)
      .expect(200);
    expect(started.headers['x-vercel-ai-ui-message-stream']).toBe('v1');
    expect(started.headers['content-type']).toContain('text/event-stream');
    const { location } = started.headers;
    const follow = async (url: string, caller: Caller, headers = {}): Promise<UIMessageChunk[]> => {
      const transport = new DefaultChatTransport({
        prepareReconnectToStreamRequest: () => ({
          api: url,
          headers: { Authorization: `Bearer ${caller.token}`, ...headers },
        }),
      });
      const stream = await transport.reconnectToStream({ chatId: 'any' });
      const chunks: UIMessageChunk[] = [];
      const reader = stream!.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
      return chunks;
    };
    const url = `${stand.app.url}${location}/events?format=ai-sdk`;
    const whole = await follow(url, agent);
    expect(whole[0]).toMatchObject({ type: 'start' });
    expect(whole.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' });
    const id = location!.split('/').at(-1)!;
    const panel = await follow(`${stand.app.url}/skills/runs/${id}/events?format=ai-sdk`, stand.ada);
    expect(panel.map(({ type }) => type)).toEqual(whole.map(({ type }) => type));
    const tail = await follow(url, agent, { 'Last-Event-ID': '4' });
    expect(tail[0]).toMatchObject({ type: 'start', messageId: id });
    expect(tail.length).toBeLessThan(whole.length);
    expect(tail.at(-1)).toEqual(whole.at(-1));
    const { lastSeq } = await read(id);
    await agent.agent.get(`${location}/events?format=ai-sdk&after=${lastSeq}`).expect(204);
    await agent.agent.get(`${location}/events?format=sse`).expect(400);
  });

  it('take files as data URLs, each under a name of its own', async () => {
    const file = (text: string) => ({
      type: 'file' as const,
      mediaType: 'text/plain',
      filename: 'note.txt',
      url: `data:text/plain;base64,${Buffer.from(text).toString('base64')}`,
    });
    const chat = chatOf();
    await chat.sendMessage({ text: prompt('files'), files: [file('one '), file('two')] });
    expect(chat.error).toBeUndefined();
    expect(chat.text).toMatch(/one two|twoone/);
    const run = await read(chat.lastMessage!.id);
    expect(run.inputFiles.map(({ name }) => name)).toEqual(['note-2.txt', 'note.txt']);
  });

  it('show a script’s run too', async () => {
    await createRunnableSkill(stand.app.strapi, { alias: 'script', script: 'echo "from the script"' });
    const chat = new ChatClient({
      transport: chatTransport(`${stand.app.url}/api/skills/script/runs?format=ai-sdk`, agent.token, {
        execution: 'sandbox',
      }),
    });
    await chat.sendMessage({ text: 'Go.' });
    const refused = chat.error?.message ?? '';
    // A script takes no prompt, and says so before the stream.
    expect(refused).toContain('prompt-unsupported');
    const own = await agent.agent
      .post('/api/skills/script/runs?format=ai-sdk')
      .send({ execution: 'sandbox' })
      .expect(200);
    expect(own.text).toContain('from the script');
    expect(own.text.trim().endsWith('data: [DONE]')).toBe(true);
  });

  it.each([
    ['no message', { id: 'c', messages: [] }, 'invalid-input'],
    ['no id', { messages: [userMessage('x')] }, 'invalid-input'],
    ['nothing said', { id: 'c', messages: [{ role: 'user', parts: [] }] }, 'chat-without-words'],
    [
      'a system’s word last',
      { id: 'c', messages: [{ role: 'system', parts: [{ type: 'text', text: 'x' }] }] },
      'chat-without-words',
    ],
    [
      'an answer to nothing',
      { id: 'c', messages: [{ id: 'r', role: 'assistant', parts: [{ type: 'text', text: 'x' }] }] },
      'chat-without-words',
    ],
    ['a role that there is not', { id: 'c', messages: [{ role: 'root', parts: [] }] }, 'invalid-input'],
    [
      'a file elsewhere',
      {
        id: 'c',
        messages: [
          { role: 'user', parts: [{ type: 'file', mediaType: 'text/plain', url: 'http://127.0.0.1/x' }] },
        ],
      },
      'file-url-unsupported',
    ],
    [
      'a file with the name of another place',
      {
        id: 'c',
        messages: [
          {
            role: 'user',
            parts: [{ type: 'file', filename: '../x', mediaType: 'text/plain', url: 'data:,x' }],
          },
        ],
      },
      'input-file-name',
    ],
    [
      'a field that is wrong',
      { id: 'c', messages: [userMessage('x')], budget: { steps: 0 } },
      'invalid-input',
    ],
  ])('refuse %s before any stream, with a code', async (_, body, code) => {
    const response = await post(body).expect(400);
    expect(response.body.error.details.code).toBe(code);
    expect(response.headers['content-type']).toContain('json');
  });
});
