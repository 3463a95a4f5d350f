import OpenAI from 'openai';
import { startOpenAIPeer, type OpenAIPeer } from '../openai';
import { call, conversation, prompt } from './index';

const tools = [
  {
    type: 'function' as const,
    function: { name: 'bash', description: 'Runs.', parameters: { type: 'object' } },
  },
];

describe('a scripted conversation', () => {
  let peer: OpenAIPeer | undefined;
  afterEach(() => peer?.close());

  async function ask(messages: OpenAI.ChatCompletionMessageParam[]) {
    const client = new OpenAI({ apiKey: 'any', baseURL: peer?.url, maxRetries: 0 });
    const stream = client.chat.completions.stream({ model: 'gpt-4.1', messages, tools });
    return (await stream.finalChatCompletion()).choices[0]?.message;
  }

  it('answers by the script that the prompt names, a turn at a time, whatever other conversations do', async () => {
    peer = await startOpenAIPeer({
      answers: conversation({
        report: [
          { toolCalls: [call('bash', { command: 'ls' }, 'c1')] },
          ({ results }) => ({ text: `It says ${results.at(-1)}.` }),
        ],
        other: [{ text: 'Something else.' }],
      }),
    });
    const first = { role: 'user' as const, content: prompt('report') };
    const called = await ask([first]);
    expect(called?.tool_calls).toMatchObject([{ id: 'c1', function: { name: 'bash' } }]);
    expect((await ask([{ role: 'user', content: prompt('other') }]))?.content).toBe('Something else.');
    const turn = { role: 'assistant' as const, content: null, tool_calls: called?.tool_calls ?? [] };
    const result = { role: 'tool' as const, tool_call_id: 'c1', content: 'file.txt' };
    expect((await ask([first, turn, result]))?.content).toBe('It says file.txt.');
    expect((await ask([first, turn, result, turn, result]))?.content).toBe('Done.');
    expect(peer.failures).toEqual([]);
  });

  it('counts the attempts at a turn, so that one can be refused and its repetition answered', async () => {
    peer = await startOpenAIPeer({
      answers: conversation({
        busy: [(_, attempt) => (attempt === 0 ? { status: 429 } : { text: 'Now.' })],
      }),
    });
    const messages = [{ role: 'user' as const, content: prompt('busy') }];
    await expect(ask(messages)).rejects.toThrow('429');
    expect((await ask(messages))?.content).toBe('Now.');
  });

  it('breaks a stream in its middle, and waits before a turn, when the script says so', async () => {
    peer = await startOpenAIPeer({
      answers: conversation({ cut: [{ text: ['a', 'b', 'c'], brokenAfter: 2, delayMs: 1 }] }),
    });
    await expect(ask([{ role: 'user', content: prompt('cut') }])).rejects.toThrow(
      /terminated|ended|premature|aborted|missing/i,
    );
  });
});
