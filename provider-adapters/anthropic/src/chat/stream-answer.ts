import type { Anthropic } from '@anthropic-ai/sdk';
import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  RawMessageStreamEvent,
  StopReason,
} from '@anthropic-ai/sdk/resources/messages';
import {
  ProviderError,
  type ChatEvent,
  type ChatUsage,
  type FinishReason,
  type ToolCall,
} from 'strapi-plugin-skills-shared/provider';
import { brokenOff } from '../connection/connection-failure';
import { unreadable, type FailureContext } from '../connection/provider-failure';
import { serverName } from '../connection/settings';
import { madeFiles } from './made-files';
import { MessageReader } from './message-reader';
import { writeTurnState } from './turn-state';
import { addUsage, noUsage } from './usage';

/** How often a turn that the vendor pauses is gone on with: it pauses after ten of its tools' calls, so this is a hundred. */
const mostContinuations = 10;

/** What a turn has said so far, over the requests that it took. */
interface Turn {
  content: ContentBlockParam[];
  toolCalls: ToolCall[];
  fileIds: Set<string>;
  text: string;
  /** A tool worked since the last text. */
  isInterrupted: boolean;
  usage: ChatUsage;
}

/** One turn of the model. It ends with `finish`, and throws for every failure. */
export async function* streamAnswer(
  client: Anthropic,
  context: FailureContext,
  request: MessageCreateParamsStreaming,
): AsyncGenerator<ChatEvent> {
  const turn: Turn = {
    content: [],
    toolCalls: [],
    fileIds: new Set(),
    text: '',
    isInterrupted: false,
    usage: noUsage,
  };
  let next = request;
  for (let continuation = 0; ; continuation++) {
    const reader = yield* readMessage(client, context, next, turn);
    if (reader.stopReason === 'pause_turn' && continuation < mostContinuations) {
      next = continued(request, turn.content, reader);
      continue;
    }
    yield* madeFiles(client, context, turn.fileIds);
    yield finish(turn, reader, request.model);
    return;
  }
}

/** The request that lets the vendor go on: its own words so far, in the container where it works. */
function continued(
  request: MessageCreateParamsStreaming,
  content: ContentBlockParam[],
  { container }: MessageReader,
): MessageCreateParamsStreaming {
  const given = typeof request.container === 'object' ? request.container : undefined;
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', content }],
    ...(container ? { container: { ...given, id: container.id } } : {}),
  };
}

async function* readMessage(
  client: Anthropic,
  context: FailureContext,
  request: MessageCreateParamsStreaming,
  turn: Turn,
): AsyncGenerator<ChatEvent, MessageReader> {
  const reader = new MessageReader();
  // Not by `messages.create`, which writes to the console when a model is deprecated.
  const events = await client.post<AsyncIterable<RawMessageStreamEvent>>('/v1/messages', {
    body: request,
    stream: true,
    signal: context.signal,
  });
  for await (const event of events) {
    for (const told of separated(reader.read(event), turn)) {
      yield told.type === 'usage' ? { ...told, usage: addUsage(turn.usage, told.usage) } : told;
    }
  }
  if (!reader.hasEnded) throw cutOff(reader, context);
  turn.content.push(...reader.content);
  turn.toolCalls.push(...reader.toolCalls);
  for (const id of reader.fileIds) turn.fileIds.add(id);
  turn.usage = addUsage(turn.usage, reader.usage);
  return reader;
}

/** Texts before and after a tool's work are paragraphs of their own, and the vendor puts nothing between them. */
function* separated(told: ChatEvent[], turn: Turn): Generator<ChatEvent> {
  for (const each of told) {
    if (each.type === 'tool-call') turn.isInterrupted = true;
    if (each.type === 'text-delta') {
      const gap = turn.isInterrupted && /\S$/.test(turn.text) ? '\n\n' : '';
      if (gap) yield { type: 'text-delta', text: gap };
      turn.text += gap + each.text;
      turn.isInterrupted = false;
    }
    yield each;
  }
}

/** The SDK ends an aborted stream, and one whose connection was closed, without a word. */
function cutOff({ hasStarted }: MessageReader, { settings, signal }: FailureContext): ProviderError {
  if (signal.aborted) return new ProviderError({ code: 'cancelled', message: 'The request was cancelled.' });
  return new ProviderError(hasStarted ? brokenOff(serverName(settings)) : unreadable(settings));
}

function finish(turn: Turn, { stopReason, model, container }: MessageReader, asked: string): ChatEvent {
  const state = container ? { id: container.id, expiresAt: container.expires_at } : null;
  return {
    type: 'finish',
    reason: reasons[stopReason ?? 'pause_turn'] ?? 'other',
    model: model ?? asked,
    message: {
      role: 'assistant',
      text: turn.text,
      toolCalls: turn.toolCalls,
      ...(turn.content.length === 0
        ? {}
        : { providerState: writeTurnState({ content: turn.content, container: state }) }),
    },
  };
}

const reasons: Readonly<Record<StopReason, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'refusal',
  pause_turn: 'other',
};
