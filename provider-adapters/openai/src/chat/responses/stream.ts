import type { Response as ModelResponse } from 'openai/resources/responses/responses';
import { ProviderError, type ChatEvent, type ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { forRequest } from '../../connection/for-request';
import { vendorFailure } from '../../connection/provider-failure';
import { brokenOff, closeWhenDone } from '../stream-end';
import { AnswerReader } from './answer';
import { billedToolCalls, toUsage } from './billing';
import { containerOf, untoldFiles } from './containers';
import type { FileSource } from './made-files';
import { toResponseRequest } from './request';
import { readState, writeState } from './state';

/**
 * A chat by the Responses API, up to its `finish`. Throws whatever goes wrong, for the caller to tell; `onAnswer` is called when the
 * server began to answer in this API.
 */
export async function* streamResponse(
  request: ChatRequest,
  source: FileSource,
  onAnswer?: () => void,
): AsyncGenerator<ChatEvent, void, void> {
  const { client, signal, settings } = source;
  const body = await toResponseRequest(request, settings);
  const stream = await client.responses.create(body, forRequest(signal));
  onAnswer?.();
  const former = request.messages.flatMap((message) =>
    message.role === 'assistant' ? (readState(message) ?? []) : [],
  );
  const reader = new AnswerReader(
    source,
    former.flatMap(({ containerFiles }) => containerFiles),
  );
  let isRecognised = false;
  const events = stream[Symbol.asyncIterator]();
  try {
    while (!reader.end) {
      const { done, value } = await events.next();
      if (done) throw brokenOff(source, isRecognised);
      if (value.type === 'error') throw new ProviderError(vendorFailure(value, settings));
      const told = reader.read(value);
      isRecognised ||= told !== undefined;
      yield* told ?? [];
    }
  } finally {
    await closeWhenDone(events, stream.controller, reader.end !== undefined);
  }
  const known = new Set(former.flatMap(({ output }) => output.flatMap((item) => containerOf(item) ?? [])));
  yield* finish(reader.end, reader, source, billedToolCalls(reader.items, body.tools ?? [], known));
}

async function* finish(
  response: ModelResponse,
  reader: AnswerReader,
  source: FileSource,
  billed: Record<string, number>,
): AsyncGenerator<ChatEvent, void, void> {
  const containers = new Set(reader.items.flatMap((item) => containerOf(item) ?? []));
  if (response.status !== 'failed') yield* untoldFiles(containers, reader.toldFiles, source);
  if (response.usage) yield { type: 'usage', usage: toUsage(response.usage, billed) };
  if (response.status === 'failed' || response.status === 'cancelled') {
    throw new ProviderError(vendorFailure(response.error ?? {}, source.settings));
  }
  yield {
    type: 'finish',
    reason: finishReason(response, reader),
    model: response.model,
    message: {
      role: 'assistant',
      text: reader.text,
      toolCalls: reader.toolCalls,
      providerState: writeState({ output: reader.items, containerFiles: [...reader.toldFiles] }),
    },
  };
}

function finishReason(
  { status, incomplete_details: incomplete }: ModelResponse,
  reader: AnswerReader,
): Extract<ChatEvent, { type: 'finish' }>['reason'] {
  if (incomplete?.reason === 'content_filter' || reader.hasRefused) return 'refusal';
  if (status === 'incomplete') return incomplete?.reason === 'max_output_tokens' ? 'length' : 'other';
  return reader.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}
