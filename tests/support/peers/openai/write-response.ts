import type {
  Response as ModelResponse,
  ResponseOutputItem,
  ResponseUsage,
} from 'openai/resources/responses/responses';
import type { PeerAnswer } from './answers';
import type { Containers } from './containers';
import { writeItems, type PeerEvent } from './response-items';
import type { ResponseRequest } from './schemas/response-request';

/** The answer in the dialect of the Responses API: each text is a step. */
export function* responseSteps(
  request: ResponseRequest,
  answer: PeerAnswer,
  containers: Containers,
  turn: string,
): Generator<string, void, void> {
  let sequence = 0;
  const event = (told: PeerEvent) =>
    `event: ${told.type}\ndata: ${JSON.stringify({ ...told, sequence_number: sequence++ })}\n\n`;
  const { steps, items } = writeItems(answer, containers, turn);
  const begun = modelResponse(request, answer, [], turn, 'in_progress');
  yield (
    event({ type: 'response.created', response: begun }) +
    event({ type: 'response.in_progress', response: begun })
  );
  for (const step of steps) if (step.length > 0) yield step.map(event).join('');
  if (answer.failure) {
    const failed = modelResponse(request, answer, [], turn, 'failed');
    yield event({ type: 'response.failed', response: failed });
  } else if (answer.incomplete) {
    const cut = modelResponse(request, answer, items, turn, 'incomplete');
    yield event({ type: 'response.incomplete', response: cut });
  } else {
    yield event({
      type: 'response.completed',
      response: modelResponse(request, answer, items, turn, 'completed'),
    });
  }
}

function modelResponse(
  request: ResponseRequest,
  answer: PeerAnswer,
  output: ResponseOutputItem[],
  turn: string,
  status: NonNullable<ModelResponse['status']>,
): ModelResponse {
  return {
    id: `resp_${turn}`,
    object: 'response',
    created_at: 1_700_000_000,
    model: request.model,
    status,
    output,
    output_text: '',
    error: status === 'failed' ? (answer.failure as ModelResponse['error']) : null,
    incomplete_details: status === 'incomplete' ? { reason: answer.incomplete } : null,
    instructions: null,
    metadata: {},
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    ...(status === 'in_progress' ? {} : { usage: usageOf(answer) }),
  };
}

export const defaultUsage: NonNullable<PeerAnswer['usage']> = { input: 20, output: 10 };

function usageOf({ usage = defaultUsage }: PeerAnswer): ResponseUsage {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cached ?? 0, cache_write_tokens: 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: usage.input + usage.output,
  };
}
