import type * as sdk from '@anthropic-ai/sdk/resources/messages';
import type { PeerAnswer } from './answers';
import type { FilesStore } from './files-store';
import { blocksOf } from './message-blocks';
import type { MessageRequest } from './schemas/message-request';

/** The answer as a whole message: what a request without `stream` gets. */
export function messageOf(
  request: MessageRequest,
  answer: PeerAnswer,
  files: FilesStore,
  turn: string,
): sdk.Message {
  return {
    id: `msg_${turn}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: blocksOf(answer, files, turn),
    container: containerOf(request, turn),
    diagnostics: null,
    stop_details: answer.refusal ? { type: 'refusal', ...answer.refusal } : null,
    stop_reason:
      answer.stopReason ?? (answer.refusal ? 'refusal' : answer.toolCalls ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    usage: usageOf(answer),
  };
}

/** Where code may run there is a container, which lives on for an hour. */
function containerOf({ tools = [], container }: MessageRequest, turn: string): sdk.Container | null {
  if (!tools.some(({ name }) => name === 'code_execution')) return null;
  return {
    id: container?.id ?? `container_${turn}`,
    expires_at: new Date(Date.now() + 60 * 60_000).toISOString(),
    skills: (container?.skills ?? []).map(({ type, skill_id, version }) => ({
      type,
      skill_id,
      version: version ?? 'latest',
    })),
  };
}

function usageOf({ usage, webSearch, webFetch }: PeerAnswer): sdk.Usage {
  const { input = 12, output = 34, cached = 0, cacheWrite = 0, thinking } = usage ?? {};
  const requests = { web_search_requests: webSearch ? 1 : 0, web_fetch_requests: webFetch ? 1 : 0 };
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: cacheWrite,
    cache_creation: null,
    inference_geo: null,
    output_tokens_details: thinking === undefined ? null : { thinking_tokens: thinking },
    server_tool_use: webSearch || webFetch ? requests : null,
    service_tier: 'standard',
    speed: 'standard',
  };
}

const event = (data: { type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The same message as steps of a stream, each a text of whole events: its start, then each piece of text, each other block, the end. */
export function* messageSteps(message: sdk.Message, answer: PeerAnswer): Generator<string> {
  const { content, stop_reason, stop_details, stop_sequence, container, usage, ...rest } = message;
  const start: sdk.Message = {
    ...rest,
    content: [],
    container: null,
    stop_reason: null,
    stop_details: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1, server_tool_use: null },
  };
  yield (
    event({ type: 'message_start', message: start } as sdk.RawMessageStartEvent) + event({ type: 'ping' })
  );
  for (const [index, block] of content.entries()) yield* blockSteps(index, block, answer);
  if (answer.failure) {
    yield `event: error\ndata: ${JSON.stringify({ type: 'error', error: answer.failure })}\n\n`;
    return;
  }
  const delta = { stop_reason, stop_details, stop_sequence, container };
  const { output_tokens, server_tool_use, output_tokens_details } = usage;
  const counts = {
    output_tokens,
    output_tokens_details,
    server_tool_use,
    input_tokens: null,
    cache_creation_input_tokens: null,
    cache_read_input_tokens: null,
  };
  yield (
    event({ type: 'message_delta', delta, usage: counts } as sdk.RawMessageDeltaEvent) +
    event({ type: 'message_stop' })
  );
}

function* blockSteps(index: number, block: sdk.ContentBlock, answer: PeerAnswer): Generator<string> {
  const begin = event({
    type: 'content_block_start',
    index,
    content_block: emptied(block),
  } as sdk.RawContentBlockStartEvent);
  const end = event({ type: 'content_block_stop', index } as sdk.RawContentBlockStopEvent);
  const delta = (delta: sdk.RawContentBlockDelta): string =>
    event({ type: 'content_block_delta', index, delta } as sdk.RawContentBlockDeltaEvent);
  if (block.type !== 'text') {
    yield begin + deltasOf(block).map(delta).join('') + end;
    return;
  }
  const parts =
    Array.isArray(answer.text) && block.text === answer.text.join('') ? answer.text : words(block.text);
  let before = begin;
  for (const text of parts as readonly string[]) {
    yield before + delta({ type: 'text_delta', text });
    before = '';
  }
  const citations = (block.citations ?? []).map((citation) => delta({ type: 'citations_delta', citation }));
  yield before + citations.join('') + end;
}

const words = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

/** A block as it begins: what comes by deltas is not in it yet. */
function emptied(block: sdk.ContentBlock): sdk.ContentBlock {
  if (block.type === 'text') return { ...block, text: '', citations: null };
  if (block.type === 'thinking') return { ...block, thinking: '', signature: '' };
  if (block.type === 'tool_use' || block.type === 'server_tool_use') return { ...block, input: {} };
  return block;
}

/** The vendor sends inputs in pieces that are no JSON by themselves. */
function deltasOf(block: sdk.ContentBlock): sdk.RawContentBlockDelta[] {
  if (block.type === 'thinking') {
    const pieces = words(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }) as const);
    return [...pieces, { type: 'signature_delta', signature: block.signature }];
  }
  if (block.type !== 'tool_use' && block.type !== 'server_tool_use') return [];
  const json = typeof block.input === 'string' ? block.input : JSON.stringify(block.input);
  const half = Math.ceil(json.length / 2);
  return ['', json.slice(0, half), json.slice(half)].map((partial_json) => ({
    type: 'input_json_delta',
    partial_json,
  }));
}
