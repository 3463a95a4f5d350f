import type { OpenAI } from 'openai';
import type { ChatEvent, ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { forRequest } from '../../connection/for-request';
import type { FailureContext } from '../../connection/provider-failure';
import { brokenOff, closeWhenDone } from '../stream-end';
import { CompletionReader } from './answer';
import { toCompletionRequest } from './request';

/** A chat by the Chat Completions API, up to its `finish`. Throws whatever goes wrong, for the caller to tell. */
export async function* streamCompletion(
  request: ChatRequest,
  source: FailureContext & { readonly client: OpenAI },
  onAnswer?: () => void,
): AsyncGenerator<ChatEvent, void, void> {
  const { client, signal, settings } = source;
  const body = await toCompletionRequest(request, settings);
  const stream = await client.chat.completions.create(body, forRequest(signal));
  onAnswer?.();
  const reader = new CompletionReader();
  let isRecognised = false;
  const chunks = stream[Symbol.asyncIterator]();
  let isEnded = false;
  try {
    for (;;) {
      const { done, value } = await chunks.next();
      if (done) break;
      const told = reader.read(value);
      isRecognised ||= told !== undefined;
      yield* told ?? [];
    }
    isEnded = true;
  } finally {
    await closeWhenDone(chunks, stream.controller, isEnded);
  }
  if (!reader.isComplete || signal.aborted) throw brokenOff(source, isRecognised);
  const { text, toolCalls, usage } = reader;
  for (const call of toolCalls) yield { type: 'tool-call', ...call, by: 'caller' };
  if (usage) yield { type: 'usage', usage };
  yield {
    type: 'finish',
    reason: reader.finishReason,
    model: reader.model || request.model,
    message: { role: 'assistant', text, toolCalls },
  };
}
