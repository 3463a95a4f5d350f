import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { PeerAnswer } from './answers';
import { partsOf } from './response-items';
import type { CompletionRequest } from './schemas/other-requests';
import { defaultUsage } from './write-response';

/** The answer in the dialect of Chat Completions: each text is a step. */
export function* completionSteps(
  request: CompletionRequest,
  answer: PeerAnswer,
  turn: string,
): Generator<string, void, void> {
  const chunk = (choices: ChatCompletionChunk['choices'], rest: Partial<ChatCompletionChunk> = {}) => {
    const base = { id: `chatcmpl-${turn}`, object: 'chat.completion.chunk', created: 1_700_000_000 };
    return `data: ${JSON.stringify({ ...base, model: request.model, choices, ...rest })}\n\n`;
  };
  const delta = (part: object, reason: ChatCompletionChunk.Choice['finish_reason'] = null) =>
    chunk([{ index: 0, delta: part, finish_reason: reason }]);
  yield delta({ role: 'assistant', content: '' });
  if (answer.reasoning) yield delta({ reasoning_content: answer.reasoning });
  if (answer.failure) {
    yield `data: ${JSON.stringify({ error: answer.failure })}\n\n`;
    return;
  }
  if (!answer.toolCalls || answer.text)
    for (const part of partsOf(answer.text)) yield delta({ content: part });
  if (answer.refusal) yield delta({ refusal: answer.refusal });
  yield* callSteps(answer, turn, delta);
  const { usage = defaultUsage } = answer;
  yield delta({}, reasonOf(answer));
  if (request.stream_options?.include_usage) {
    const counted = {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached ?? 0 },
      completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    };
    yield chunk([], { usage: counted });
  }
  yield 'data: [DONE]\n\n';
}

function* callSteps(
  { toolCalls = [] }: PeerAnswer,
  turn: string,
  delta: (part: object) => string,
): Generator<string> {
  for (const [index, call] of toolCalls.entries()) {
    const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
    const id = call.id ?? `call_${turn}_${index + 1}`;
    yield delta({
      tool_calls: [{ index, id, type: 'function', function: { name: call.name, arguments: '' } }],
    });
    const half = Math.ceil(text.length / 2);
    for (const part of [text.slice(0, half), text.slice(half)])
      yield delta({ tool_calls: [{ index, function: { arguments: part } }] });
  }
}

function reasonOf(answer: PeerAnswer): ChatCompletionChunk.Choice['finish_reason'] {
  if (answer.incomplete) return answer.incomplete === 'content_filter' ? 'content_filter' : 'length';
  return answer.toolCalls ? 'tool_calls' : 'stop';
}
