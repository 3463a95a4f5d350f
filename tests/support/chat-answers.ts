import type { ChatEvent } from 'strapi-plugin-skills-shared/provider';
import type { Executor } from '../../server/src/domains/skills/kinds/kind';
import { answerOnce } from '../../server/src/domains/skills/kinds/provider/executor';

/** Events of adapters' answers. */
export const finish: ChatEvent = {
  type: 'finish',
  reason: 'stop',
  message: { role: 'assistant', text: '', toolCalls: [] },
  model: 'big-2025-04-14',
};
export const text = (part: string): ChatEvent => ({ type: 'text-delta', text: part });
export const usage = (inputTokens: number, outputTokens: number, more = {}): ChatEvent => ({
  type: 'usage',
  usage: { inputTokens, outputTokens, ...more },
});
export const failure = (error: Partial<Extract<ChatEvent, { type: 'error' }>['error']>): ChatEvent => ({
  type: 'error',
  error: { code: 'unavailable', message: 'It is down.', ...error },
});

/** Waits for what an adapter waits for: the vendor, or the signal. */
export async function* hanging(signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield text('Wait');
  await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
}

/** Asks the model of a run for what its prompt says. */
export const asking: Executor = {
  execute: async (context) =>
    answerOnce(context, await context.chat(), {
      messages: [{ role: 'user', content: [{ type: 'text', text: context.prompt ?? '' }] }],
    }),
};
