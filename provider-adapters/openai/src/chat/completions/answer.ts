import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { ChatEvent, ChatUsage, FinishReason, ToolCall } from 'strapi-plugin-skills-shared/provider';
import { readArguments } from '../plain-json';

type Delta = ChatCompletionChunk.Choice.Delta;

/** A call as its parts come in. */
interface PartialCall {
  id: string;
  name: string;
  arguments: string;
}

/** Reads the chunks of an answer. Tool calls are told at the end: only then are they whole. */
export class CompletionReader {
  text = '';
  model: string | undefined;
  usage: ChatUsage | undefined;
  private hasRefused = false;
  private reason: ChatCompletionChunk.Choice['finish_reason'] = null;
  private readonly calls: { index: number; call: PartialCall }[] = [];

  /** The model said why it stopped: what follows is only the usage. */
  get isComplete(): boolean {
    return this.reason !== null;
  }

  /** Undefined for what is no chunk of this API. */
  read(chunk: ChatCompletionChunk): ChatEvent[] | undefined {
    if (!Array.isArray(chunk.choices)) return undefined;
    this.model ??= chunk.model;
    if (chunk.usage) this.usage = toUsage(chunk.usage);
    const choice = chunk.choices[0];
    if (!choice) return [];
    this.reason = choice.finish_reason ?? this.reason;
    return this.readDelta(choice.delta ?? {});
  }

  private readDelta(delta: Delta): ChatEvent[] {
    const { reasoning_content: content, reasoning } = delta as {
      reasoning_content?: unknown;
      reasoning?: unknown;
    };
    const thought = [content, reasoning].find((text) => typeof text === 'string' && text !== '');
    if (delta.refusal) this.hasRefused = true;
    const text = `${delta.content ?? ''}${delta.refusal ?? ''}`;
    this.text += text;
    for (const part of delta.tool_calls ?? []) this.readCall(part);
    return [
      ...(typeof thought === 'string' ? [{ type: 'reasoning-delta' as const, text: thought }] : []),
      ...(text === '' ? [] : [{ type: 'text-delta' as const, text }]),
    ];
  }

  private readCall(part: ChatCompletionChunk.Choice.Delta.ToolCall): void {
    // Some servers give every call the index 0: another id begins another call.
    const isOpen = ({ index, call }: { index: number; call: PartialCall }) =>
      index === (part.index ?? 0) && (!part.id || part.id === call.id);
    let open = this.calls.findLast(isOpen);
    if (!open) {
      const id = part.id || `call_${this.calls.length + 1}`;
      open = { index: part.index ?? 0, call: { id, name: '', arguments: '' } };
      this.calls.push(open);
    }
    open.call.name ||= part.function?.name ?? '';
    open.call.arguments += part.function?.arguments ?? '';
  }

  get toolCalls(): ToolCall[] {
    return this.calls.map(({ call }) => ({
      id: call.id,
      name: call.name,
      input: readArguments(call.arguments),
    }));
  }

  get finishReason(): FinishReason {
    if (this.hasRefused || this.reason === 'content_filter') return 'refusal';
    if (this.reason === 'length') return 'length';
    if (this.calls.length > 0) return 'tool-calls';
    return this.reason === 'stop' ? 'stop' : 'other';
  }
}

function toUsage(usage: NonNullable<ChatCompletionChunk['usage']>): ChatUsage {
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    ...(input?.cached_tokens ? { cachedInputTokens: input.cached_tokens } : {}),
    ...(input?.cache_write_tokens ? { cacheWriteTokens: input.cache_write_tokens } : {}),
    ...(output?.reasoning_tokens ? { reasoningTokens: output.reasoning_tokens } : {}),
  };
}
