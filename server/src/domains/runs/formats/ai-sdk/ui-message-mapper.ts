import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { MessageMetadata, UiMessageChunk } from './ui-message-chunk';

type Payload<Type extends RunEventPayload['type']> = Extract<RunEventPayload, { type: Type }>;

interface OpenText {
  kind: 'text' | 'reasoning';
  id: string;
}

interface OpenCall {
  name: string;
  input: unknown;
  byProvider: boolean;
}

export interface MapperOptions {
  runId: string;
  /** Where an artifact of the run is read. */
  artifactUrl(name: string): string;
}

/**
 * Turns a run's events, one after the other, into chunks of one assistant message of the AI SDK. It has to be given all events from the first
 * one; `beginAgain` then lets a reader begin anywhere. Events that it does not know are passed over.
 */
export class UiMessageMapper {
  readonly #options: MapperOptions;
  #started = false;
  #inStep = false;
  /** Whether a model works on the run: what programs print is not the answer then. */
  #hasModel = false;
  #text: OpenText | undefined;
  #texts = 0;
  #sources = 0;
  readonly #calls = new Map<string, OpenCall>();
  readonly #denied = new Set<string>();
  readonly #asked = new Set<string>();
  /** What was asked before the reader's beginning, which knows these calls as ones that are executed. */
  #askedBefore: ReadonlySet<string> = new Set();
  #isWaiting = false;
  #ended = false;

  constructor(options: MapperOptions) {
    this.#options = options;
  }

  /** Chunks of one event; none of an event that has nothing to show. */
  map({ payload }: Pick<RunEvent, 'payload'>): UiMessageChunk[] {
    const chunks = this.#chunksOf(payload);
    if (chunks.length === 0 || this.#started) return chunks;
    return [this.#start(), ...chunks];
  }

  /** What a reader is told who has what came until now, or who asks for nothing of it: all that is open, so that what follows is understood. */
  beginAgain(): UiMessageChunk[] {
    this.#askedBefore = new Set(this.#asked);
    const calls = [...this.#calls].map(([id, call]) => inputChunk(id, call));
    return [this.#start(), ...(this.#text ? [textStart(this.#text)] : []), ...calls];
  }

  /** Closes the message where the events so far leave off, if a client can go on from there: the run has ended, or a person must decide. */
  close(): UiMessageChunk[] {
    if (this.#ended || !this.waitsForPerson) return [];
    const unsaid = [...this.#asked].filter((callId) => this.#askedBefore.has(callId));
    return [...unsaid.map(askChunk), ...this.#closeStep(), { type: 'finish', finishReason: 'tool-calls' }];
  }

  /** Whether the message is complete, for now or for good. */
  get isComplete(): boolean {
    return this.#ended || this.waitsForPerson;
  }

  get waitsForPerson(): boolean {
    return this.#isWaiting && this.#asked.size > 0;
  }

  #start(metadata: MessageMetadata = {}): UiMessageChunk {
    this.#started = true;
    const { runId } = this.#options;
    return { type: 'start', messageId: runId, messageMetadata: { runId, ...metadata } };
  }

  #chunksOf(event: RunEventPayload): UiMessageChunk[] {
    switch (event.type) {
      case 'run-start':
        return this.#runStart(event);
      case 'step-start':
        return [...this.#closeStep(), ...this.#openStep()];
      case 'text-delta':
        return this.#textDelta(event);
      case 'tool-call':
        return this.#toolCall(event.id, event.name, event.input, event.by === 'provider');
      case 'tool-result':
        return this.#toolResult(event);
      case 'approval-request':
        return this.#approvalRequest(event);
      case 'approval':
        return this.#approval(event);
      case 'citation':
        return this.#citation(event);
      case 'artifact':
        return this.#artifact(event);
      case 'usage':
        return [{ type: 'message-metadata', messageMetadata: { usage: usageOf(event) } }];
      case 'run-wait':
        this.#isWaiting = true;
        return [dataChunk(event, { transient: true })];
      case 'run-end':
        return this.#runEnd(event);
      case 'message':
        return [...this.#closeText(), dataChunk(event, { id: event.id })];
      case 'child-run':
        return [...this.#closeText(), dataChunk(event, { id: event.callId })];
      case 'skill-load':
      case 'file-load':
      case 'files-change':
      case 'context-trim':
        return [...this.#closeText(), dataChunk(event)];
      case 'run-resume':
        this.#isWaiting = false;
        return [dataChunk(event, { transient: true })];
      case 'provider-event':
      case 'log-line':
        return [dataChunk(event, { transient: true })];
      default:
        return [];
    }
  }

  #runStart({ model }: Payload<'run-start'>): UiMessageChunk[] {
    this.#hasModel ||= model !== undefined;
    const metadata = model === undefined ? {} : { model };
    if (!this.#started) return [this.#start(metadata)];
    return model === undefined ? [] : [{ type: 'message-metadata', messageMetadata: metadata }];
  }

  #textDelta({ stream, text }: Payload<'text-delta'>): UiMessageChunk[] {
    const isAnswer = stream === 'answer' || (stream === 'stdout' && !this.#hasModel);
    if (!isAnswer && stream !== 'reasoning')
      return [{ type: 'data-output', data: { stream, text }, transient: true }];
    const kind = isAnswer ? 'text' : 'reasoning';
    const opened = this.#text?.kind === kind ? [] : this.#openText(kind);
    const id = this.#text?.id ?? '';
    return [...opened, { type: `${kind}-delta`, id, delta: text }];
  }

  #toolCall(id: string, name: string, input: unknown, byProvider: boolean): UiMessageChunk[] {
    const call = { name, input, byProvider };
    this.#calls.set(id, call);
    return [...this.#closeText(), ...this.#ensureStep(), inputChunk(id, call)];
  }

  /** A result of a call that nobody has seen is shown with its call. */
  #toolResult({ id, name, output, isError }: Payload<'tool-result'>): UiMessageChunk[] {
    if (this.#denied.delete(id)) {
      this.#calls.delete(id);
      return [];
    }
    const unseen = this.#calls.has(id) ? [] : this.#toolCall(id, name, null, false);
    const shared = {
      toolCallId: id,
      dynamic: true as const,
      ...(this.#calls.get(id)?.byProvider && { providerExecuted: true as const }),
    };
    this.#calls.delete(id);
    if (isError) return [...unseen, { type: 'tool-output-error', errorText: textOf(output), ...shared }];
    return [...unseen, { type: 'tool-output-available', output: output ?? null, ...shared }];
  }

  #approvalRequest({ callId, name, input }: Payload<'approval-request'>): UiMessageChunk[] {
    this.#asked.add(callId);
    const unseen = this.#calls.has(callId) ? [] : this.#toolCall(callId, name, input, false);
    return [...this.#closeText(), ...unseen, askChunk(callId)];
  }

  /** An approved call waits for its output again, as the protocol has no word for the approval itself. */
  #approval({ callId, approved }: Payload<'approval'>): UiMessageChunk[] {
    this.#asked.delete(callId);
    const call = this.#calls.get(callId);
    if (!call) return [];
    if (approved) return [inputChunk(callId, call)];
    this.#denied.add(callId);
    return [{ type: 'tool-output-denied', toolCallId: callId }];
  }

  #citation({ citation: { url, title, quote } }: Payload<'citation'>): UiMessageChunk[] {
    this.#sources += 1;
    const sourceId = `source-${this.#sources}`;
    if (url !== undefined)
      return [{ type: 'source-url', sourceId, url, ...(title !== undefined && { title }) }];
    return [{ type: 'source-document', sourceId, mediaType: 'text/plain', title: title ?? quote ?? '' }];
  }

  #artifact(event: Payload<'artifact'>): UiMessageChunk[] {
    const { name, mime } = event.artifact;
    const url = this.#options.artifactUrl(name);
    const data: UiMessageChunk = { type: 'data-artifact', id: name, data: { ...event.artifact, url } };
    // What a tool printed is in the conversation already.
    const file: UiMessageChunk[] = name.startsWith('tool-output/')
      ? []
      : [{ type: 'file', url, mediaType: mime }];
    return [...this.#closeText(), data, ...file];
  }

  #runEnd({ status, error, durationMs }: Payload<'run-end'>): UiMessageChunk[] {
    this.#ended = true;
    const messageMetadata = { status, error, durationMs };
    const closed = this.#closeStep();
    if (status === 'completed') return [...closed, { type: 'finish', finishReason: 'stop', messageMetadata }];
    const told: UiMessageChunk = { type: 'message-metadata', messageMetadata };
    if (status === 'cancelled') return [...closed, told, { type: 'abort', reason: 'The run was cancelled.' }];
    const errorText = error?.message ?? 'The run failed.';
    return [...closed, told, { type: 'error', errorText }, { type: 'finish', finishReason: 'error' }];
  }

  #openText(kind: OpenText['kind']): UiMessageChunk[] {
    const before = [...this.#closeText(), ...this.#ensureStep()];
    this.#texts += 1;
    this.#text = { kind, id: `${kind}-${this.#texts}` };
    return [...before, textStart(this.#text)];
  }

  #closeText(): UiMessageChunk[] {
    const text = this.#text;
    this.#text = undefined;
    return text ? [{ type: `${text.kind}-end`, id: text.id }] : [];
  }

  #ensureStep(): UiMessageChunk[] {
    return this.#inStep ? [] : this.#openStep();
  }

  #openStep(): UiMessageChunk[] {
    this.#inStep = true;
    return [{ type: 'start-step' }];
  }

  #closeStep(): UiMessageChunk[] {
    const closed = this.#closeText();
    if (!this.#inStep) return closed;
    this.#inStep = false;
    return [...closed, { type: 'finish-step' }];
  }
}

function textStart({ kind, id }: OpenText): UiMessageChunk {
  return { type: `${kind}-start`, id };
}

/** The call's own id stands for the request: a call is asked about once. */
function askChunk(callId: string): UiMessageChunk {
  return { type: 'tool-approval-request', approvalId: callId, toolCallId: callId };
}

function inputChunk(id: string, { name, input, byProvider }: OpenCall): UiMessageChunk {
  return {
    type: 'tool-input-available',
    toolCallId: id,
    toolName: name,
    input: input ?? null,
    dynamic: true,
    ...(byProvider && { providerExecuted: true }),
  };
}

/** An event that the protocol has no chunk for, as data of its own type. */
function dataChunk(
  { type, ...data }: RunEventPayload,
  options: { id?: string; transient?: true } = {},
): UiMessageChunk {
  return { type: `data-${type}`, data, ...options };
}

function usageOf({ inputTokens, outputTokens, cost }: Payload<'usage'>): MessageMetadata['usage'] {
  return { inputTokens, outputTokens, cost: cost ?? null };
}

function textOf(output: unknown): string {
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? '');
}
