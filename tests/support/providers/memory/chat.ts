import type {
  AssistantMessage,
  ChatClient,
  ChatEvent,
  ChatRequest,
  FinishReason,
} from 'strapi-plugin-skills-shared/provider';
import { providerErrorData } from 'strapi-plugin-skills-shared/provider';
import { toWire } from './chat-request';
import { ask, asProviderError, askFor, codeOfStatus, failure, type MemoryContext } from './requests';
import { modelsSchema, wireEventSchema, type WireEvent } from './wire';

export function createChat(context: MemoryContext): ChatClient {
  return {
    listModels: async () => (await askFor(context, modelsSchema, '/models')).models,
    stream: (request) => stream(context, request),
  };
}

async function* stream(context: MemoryContext, request: ChatRequest): AsyncGenerator<ChatEvent> {
  const message: AssistantMessage = { role: 'assistant', text: '', toolCalls: [] };
  try {
    const body = JSON.stringify(await toWire(request));
    const response = await ask(context, '/chat', { method: 'POST', body });
    for await (const line of readLines(response)) {
      const event = toEvent(context, request.model, message, readEvent(line));
      yield event;
      if (event.type === 'finish') return;
    }
    throw failure('unavailable');
  } catch (error) {
    yield { type: 'error', error: providerErrorData(asProviderError(error, context.signal)) };
  }
}

async function* readLines(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function readEvent(line: string): WireEvent {
  const result = wireEventSchema.safeParse(JSON.parse(line));
  if (result.success) return result.data;
  throw failure('protocol');
}

const reasons: Record<'stop' | 'length' | 'calls' | 'refusal', FinishReason> = {
  stop: 'stop',
  length: 'length',
  calls: 'tool-calls',
  refusal: 'refusal',
};

function toEvent(
  context: MemoryContext,
  model: string,
  message: AssistantMessage,
  event: WireEvent,
): ChatEvent {
  switch (event.type) {
    case 'text':
      message.text += event.text;
      return { type: 'text-delta', text: event.text };
    case 'reasoning':
      return { type: 'reasoning-delta', text: event.text };
    case 'call': {
      const call = { id: event.id, name: event.name, input: event.input };
      message.toolCalls.push(call);
      return { type: 'tool-call', ...call, by: 'caller' };
    }
    case 'own-call':
      return { type: 'tool-call', id: event.id, name: event.name, input: event.input, by: 'provider' };
    case 'own-result':
      return { ...event, type: 'tool-result' };
    case 'citation': {
      const { type, ...citation } = event;
      return { type, citation };
    }
    case 'file': {
      const { type, name, mime, fileId } = event;
      return { type, name, mime, open: () => download(context, fileId) };
    }
    case 'usage':
      return event;
    case 'note':
      return { type: 'provider-event', name: event.name, data: event.data };
    case 'failure':
      throw failure(codeOfStatus(event.status), { status: event.status });
    case 'done':
      message.providerState = { providerId: 'memory', data: { turn: message.text.length } };
      return { type: 'finish', reason: reasons[event.reason], message, model };
  }
}

async function download(context: MemoryContext, fileId: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    const response = await ask(context, `/files/${encodeURIComponent(fileId)}`);
    return response.body as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw asProviderError(error, context.signal);
  }
}
