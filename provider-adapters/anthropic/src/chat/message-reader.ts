import type {
  Container,
  ContentBlock,
  ContentBlockParam,
  RawContentBlockDelta,
  RawMessageDeltaEvent,
  RawMessageStartEvent,
  RawMessageStreamEvent,
  ServerToolUseBlock,
  StopReason,
  ToolUseBlock,
} from '@anthropic-ai/sdk/resources/messages';
import type { ChatEvent, Json, ToolCall } from 'strapi-plugin-skills-shared/provider';
import { toCitation } from './citations';
import { asToolInput } from './messages';
import { appendDelta, openBlock, readInput, type OpenBlock } from './open-block';
import { isToolResult, readToolResult } from './tool-results';
import { correctUsage, toUsage, type VendorUsage } from './usage';

/**
 * Reads one message of the vendor's, event by event, and tells what happened in the contract's words; of the message itself it keeps
 * what a next request needs. Throws a TypeError for what is not Anthropic's dialect.
 */
export class MessageReader {
  /** The finished blocks, as they go back to the vendor with the next request. */
  readonly content: ContentBlockParam[] = [];
  readonly toolCalls: ToolCall[] = [];
  readonly fileIds: string[] = [];
  model: string | undefined;
  container: Container | undefined;
  stopReason: StopReason | null = null;
  hasStarted = false;
  hasEnded = false;
  private usageSoFar: VendorUsage = {};
  private readonly open = new Map<number, OpenBlock>();
  private readonly toolNames = new Map<string, string>();
  /** Calls whose input is not JSON: whether they were cut off is known with the reason to stop. */
  private readonly doubtful: { call: ToolCall; block: ToolUseBlock }[] = [];

  get usage() {
    return toUsage(this.usageSoFar);
  }

  read(event: RawMessageStreamEvent): ChatEvent[] {
    switch (event.type) {
      case 'message_start':
        return this.start(event);
      case 'content_block_start':
        return this.startBlock(event.index, event.content_block);
      case 'content_block_delta':
        return this.writeOn(event.index, event.delta);
      case 'content_block_stop':
        return this.endBlock(event.index);
      case 'message_delta':
        return this.correct(event);
      case 'message_stop':
        this.hasEnded = true;
        return [];
      default:
        // The vendor says that it may add kinds of events, and that readers pass over them.
        return [];
    }
  }

  private start({ message }: RawMessageStartEvent): ChatEvent[] {
    this.hasStarted = true;
    this.model = message.model;
    this.container = message.container ?? undefined;
    this.usageSoFar = message.usage;
    return [{ type: 'usage', usage: this.usage }];
  }

  private startBlock(index: number, block: ContentBlock): ChatEvent[] {
    this.open.set(index, openBlock({ ...block }));
    if (block.type === 'text' && block.text) return [{ type: 'text-delta', text: block.text }];
    if (block.type === 'thinking' && block.thinking)
      return [{ type: 'reasoning-delta', text: block.thinking }];
    return [];
  }

  private writeOn(index: number, delta: RawContentBlockDelta): ChatEvent[] {
    const open = this.open.get(index);
    if (!open) throw new TypeError('A delta of a block that was not begun.');
    appendDelta(open, delta);
    if (delta.type === 'text_delta' && delta.text) return [{ type: 'text-delta', text: delta.text }];
    if (delta.type === 'thinking_delta' && delta.thinking)
      return [{ type: 'reasoning-delta', text: delta.thinking }];
    if (delta.type === 'citations_delta') return [{ type: 'citation', citation: toCitation(delta.citation) }];
    return [];
  }

  private endBlock(index: number): ChatEvent[] {
    const open = this.open.get(index);
    if (!open) throw new TypeError('The end of a block that was not begun.');
    this.open.delete(index);
    const { block } = open;
    if (block.type === 'tool_use') return this.callByCaller(open, block);
    if (block.type === 'server_tool_use') return this.callByProvider(open, block);
    // The vendor refuses to take back a text that is empty.
    if (block.type !== 'text' || block.text !== '') this.content.push(block);
    if (isToolResult(block)) return this.endTool(block);
    return [];
  }

  private callByCaller(open: OpenBlock, block: ToolUseBlock): ChatEvent[] {
    const { input, isWhole } = readInput(open);
    const call: ToolCall = { id: block.id, name: block.name, input };
    if (isWhole) return [this.keepCall(call, block)];
    this.doubtful.push({ call, block });
    return [];
  }

  private keepCall(call: ToolCall, block: ToolUseBlock): ChatEvent {
    this.toolCalls.push(call);
    this.content.push({ ...block, input: asToolInput(call.input) });
    return { type: 'tool-call', ...call, by: 'caller' };
  }

  private callByProvider(open: OpenBlock, block: ServerToolUseBlock): ChatEvent[] {
    const { id, name } = block;
    const { input } = readInput(open);
    this.toolNames.set(id, name);
    this.content.push({ ...block, input: asToolInput(input) });
    return [{ type: 'tool-call', id, name, input, by: 'provider' }];
  }

  private endTool(block: Parameters<typeof readToolResult>[0]): ChatEvent[] {
    const { output, isError, fileIds } = readToolResult(block);
    this.fileIds.push(...fileIds);
    const name = this.toolNames.get(block.tool_use_id) ?? block.type.replace(/_tool_result$/, '');
    return [{ type: 'tool-result', id: block.tool_use_id, name, output, isError }];
  }

  private correct({ delta, usage }: RawMessageDeltaEvent): ChatEvent[] {
    this.stopReason = delta.stop_reason ?? this.stopReason;
    this.container = delta.container ?? this.container;
    this.usageSoFar = correctUsage(this.usageSoFar, usage);
    const events: ChatEvent[] = [];
    // A call that was cut off is none: half of its input would be executed.
    if (this.stopReason === 'tool_use')
      events.push(...this.doubtful.map(({ call, block }) => this.keepCall(call, block)));
    this.doubtful.length = 0;
    if (delta.stop_details) {
      const { category, explanation } = delta.stop_details;
      events.push({ type: 'provider-event', name: 'refusal', data: { category, explanation } as Json });
    }
    return [...events, { type: 'usage', usage: this.usage }];
  }
}
