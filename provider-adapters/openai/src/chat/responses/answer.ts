import type {
  Response as ModelResponse,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseReasoningItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import type { ChatEvent, ToolCall } from 'strapi-plugin-skills-shared/provider';
import { plainJson, readArguments } from '../plain-json';
import { annotationEvent, annotationKey, type Annotation } from './annotations';
import type { FileSource } from './made-files';
import { codeCall, imageCall, toolItemEvents } from './tool-items';

/**
 * Reads an answer, event by event, into the contract's events, and remembers what its end is made of. What a server leaves out of the
 * stream (deltas, single items) is taken from the items and the response that come whole.
 */
export class AnswerReader {
  readonly items: ResponseOutputItem[] = [];
  readonly toolCalls: ToolCall[] = [];
  /** Container files that were told, here or in former turns. */
  readonly toldFiles: Set<string>;
  text = '';
  hasRefused = false;
  /** Set by the event that ends the answer, well or not. */
  end: ModelResponse | undefined;
  private readonly doneItems = new Set<string>();
  private readonly toldCalls = new Set<string>();
  private readonly toldAnnotations = new Set<string>();
  /** Items whose text came as deltas. */
  private readonly streamedItems = new Set<string>();
  private lastTextItem: string | undefined;
  private lastReasoningPart: string | undefined;

  constructor(
    private readonly source: FileSource,
    toldFiles: Iterable<string>,
  ) {
    this.toldFiles = new Set(toldFiles);
  }

  /** Undefined for an event of no known kind. */
  read(event: ResponseStreamEvent): ChatEvent[] | undefined {
    switch (event.type) {
      case 'response.output_text.delta':
        return this.textDelta(event.item_id, event.delta);
      case 'response.refusal.delta':
        this.hasRefused = true;
        return this.textDelta(event.item_id, event.delta);
      case 'response.reasoning_summary_text.delta':
        return this.reasoningDelta(event.item_id, event.delta, `${event.item_id}/${event.summary_index}`);
      case 'response.reasoning_text.delta':
        return this.reasoningDelta(event.item_id, event.delta, event.item_id);
      case 'response.output_text.annotation.added':
        return this.annotation(event.annotation as Annotation, event.item_id);
      case 'response.code_interpreter_call_code.done':
        return this.callOnce(event.item_id, () => codeCall(event.item_id, event.code));
      case 'response.image_generation_call.in_progress':
      case 'response.image_generation_call.generating':
        return this.callOnce(event.item_id, () => imageCall(event.item_id));
      case 'response.output_item.done':
        return this.itemDone(event.item, event.output_index);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.end = event.response;
        return (event.response.output ?? []).flatMap((item, index) => this.itemDone(item, index));
      default:
        return typeof event.type === 'string' && event.type.startsWith('response.') ? [] : undefined;
    }
  }

  private textDelta(itemId: string, delta: string): ChatEvent[] {
    if (delta === '') return [];
    this.streamedItems.add(itemId);
    // A model may say something before it works and again after: two messages are two paragraphs.
    const isNext = this.text !== '' && this.lastTextItem !== itemId;
    this.lastTextItem = itemId;
    const text = isNext ? `\n\n${delta}` : delta;
    this.text += text;
    return [{ type: 'text-delta', text }];
  }

  private reasoningDelta(itemId: string, delta: string, part: string): ChatEvent[] {
    if (delta === '') return [];
    this.streamedItems.add(itemId);
    const isNext = this.lastReasoningPart !== undefined && this.lastReasoningPart !== part;
    this.lastReasoningPart = part;
    return [{ type: 'reasoning-delta', text: isNext ? `\n\n${delta}` : delta }];
  }

  private annotation(annotation: Annotation, itemId: string): ChatEvent[] {
    const key = annotationKey(annotation, itemId);
    if (this.toldAnnotations.has(key)) return [];
    this.toldAnnotations.add(key);
    const event = annotationEvent(annotation, this.toldFiles, this.source);
    return event ? [event] : [];
  }

  private callOnce(id: string, event: () => ChatEvent): ChatEvent[] {
    if (this.toldCalls.has(id)) return [];
    this.toldCalls.add(id);
    return [event()];
  }

  private itemDone(item: ResponseOutputItem, index: number): ChatEvent[] {
    const key = item.id ?? `at ${index}`;
    if (this.doneItems.has(key)) return [];
    this.doneItems.add(key);
    this.items.push(item);
    if (item.type === 'message') return this.messageDone(item);
    if (item.type === 'reasoning') return this.reasoningDone(item);
    if (item.type === 'function_call') {
      const call = { id: item.call_id, name: item.name, input: readArguments(item.arguments) };
      this.toolCalls.push(call);
      return [{ type: 'tool-call', ...call, by: 'caller' }];
    }
    const isTold = this.toldCalls.has(key);
    this.toldCalls.add(key);
    return (
      toolItemEvents(item, isTold, this.source) ?? [
        { type: 'provider-event', name: item.type, data: plainJson(item) },
      ]
    );
  }

  private messageDone(message: ResponseOutputMessage): ChatEvent[] {
    const isStreamed = this.streamedItems.has(message.id);
    return message.content.flatMap((part) => {
      if (part.type === 'refusal') this.hasRefused = true;
      const text = part.type === 'refusal' ? part.refusal : part.text;
      const annotations = part.type === 'refusal' ? [] : (part.annotations ?? []);
      return [
        ...(isStreamed ? [] : this.textDelta(message.id, text)),
        ...annotations.flatMap((annotation) => this.annotation(annotation, message.id)),
      ];
    });
  }

  private reasoningDone(item: ResponseReasoningItem): ChatEvent[] {
    if (this.streamedItems.has(item.id)) return [];
    const parts = [...(item.summary ?? []), ...(item.content ?? [])];
    return parts.flatMap(({ text }, index) => this.reasoningDelta(item.id, text, `${item.id}/${index}`));
  }
}
