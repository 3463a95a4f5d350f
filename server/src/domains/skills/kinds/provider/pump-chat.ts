import { Readable } from 'node:stream';
import type { RunCitation, RunEventPayload, RunFile } from 'strapi-plugin-skills-shared/contracts';
import type {
  AssistantMessage,
  ChatEvent,
  ChatRequest,
  FinishReason,
} from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../../http/errors';
import type { RunChat, RunContext } from '../kind';
import { capped, safeCitation, shortText } from './event-limits';
import { createVendorFileNames, vendorMime } from './vendor-file-name';

/** What one request to a model came to. */
export interface PumpedAnswer {
  text: string;
  /** In the order in which they came, each once. */
  citations: RunCitation[];
  finishReason: FinishReason;
  /** Stored as artifacts of the run. */
  files: RunFile[];
  /** The turn, to be handed back in the next request; the calls in it are the caller's to execute. */
  message: AssistantMessage;
}

/** What a run is told of: where a model's answer goes. */
export type PumpContext = Pick<RunContext, 'emit' | 'artifact' | 'signal'>;

/** UTF-16 units of an answer, and of the reasoning to it: no model writes so much, so something is broken, or means harm. */
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;
const MAX_CITATIONS = 500;

type Terminal = Extract<ChatEvent, { type: 'finish' }>;

/**
 * Makes one request, and writes what happens into the run's trajectory: text and reasoning as deltas, tool calls and results, citations,
 * what only this vendor tells, and files as artifacts under safe names. Event types that it does not know are skipped, payloads beyond
 * 64 Ki characters are stored as their beginning.
 *
 * Rejects with the `ProviderError` that the answer ended with, with 400 `output-limit` for an endless one, with what `artifact` rejects with,
 * and with the signal's reason once the run was stopped. Whoever pumps more than once in a run hands the same `nameOf` to all: a second
 * artifact of one name would take the first one's place.
 */
export async function pumpChat(
  context: PumpContext,
  chat: RunChat,
  request: Omit<ChatRequest, 'model'>,
  nameOf = createVendorFileNames(),
): Promise<PumpedAnswer> {
  const pump = new Pump(context, nameOf);
  for await (const event of chat.stream(request)) await pump.take(event);
  context.signal.throwIfAborted();
  return pump.answer();
}

class Pump {
  readonly #context: PumpContext;
  readonly #nameOf: ReturnType<typeof createVendorFileNames>;
  readonly #citations = new Map<string, RunCitation>();
  readonly #files: RunFile[] = [];
  #text = '';
  #characters = 0;
  #finish: Terminal | undefined;

  constructor(context: PumpContext, nameOf: ReturnType<typeof createVendorFileNames>) {
    this.#context = context;
    this.#nameOf = nameOf;
  }

  async take(event: ChatEvent): Promise<void> {
    switch (event.type) {
      case 'text-delta':
        this.#text += event.text;
        return this.#tell('answer', event.text);
      case 'reasoning-delta':
        return this.#tell('reasoning', event.text);
      case 'tool-call':
      case 'tool-result':
      case 'provider-event':
        return this.#note(event);
      case 'citation':
        return this.#cite(event);
      case 'file':
        return this.#keep(event);
      case 'finish':
        this.#finish = event;
        return;
      case 'error':
        // A stopped run ends as what it was stopped by, not as what that did to its request.
        this.#context.signal.throwIfAborted();
        throw new ProviderError(event.error);
      case 'usage':
        return;
    }
  }

  answer(): PumpedAnswer {
    if (!this.#finish)
      throw new ProviderError({ code: 'protocol', message: 'The answer ended before it was finished.' });
    return {
      text: this.#text,
      citations: [...this.#citations.values()],
      finishReason: this.#finish.reason,
      files: this.#files,
      message: this.#finish.message,
    };
  }

  async #tell(stream: 'answer' | 'reasoning', text: string): Promise<void> {
    if (text === '') return;
    this.#characters += text.length;
    if (this.#characters > MAX_ANSWER_CHARACTERS) {
      throw new InvalidError('The model wrote more than a run may, and was ended.', { code: 'output-limit' });
    }
    await this.#context.emit({ type: 'text-delta', stream, text });
  }

  async #note(
    event: Extract<ChatEvent, { type: 'tool-call' | 'tool-result' | 'provider-event' }>,
  ): Promise<void> {
    const name = shortText(event.name);
    if (event.type === 'tool-call') {
      const by = event.by === 'caller' ? 'run' : 'provider';
      const id = shortText(event.id);
      return this.#emitCapped(name, event.input, (input) => ({ type: 'tool-call', id, name, input, by }));
    }
    if (event.type === 'provider-event')
      return this.#emitCapped(name, event.data, (data) => ({ type: 'provider-event', name, data }));
    const { isError } = event;
    const id = shortText(event.id);
    return this.#emitCapped(name, event.output, (output) => ({
      type: 'tool-result',
      id,
      name,
      output,
      isError,
    }));
  }

  async #emitCapped(
    name: string,
    payload: unknown,
    eventOf: (payload: unknown) => RunEventPayload,
  ): Promise<void> {
    const { value, cut } = capped(payload);
    await this.#context.emit(eventOf(value));
    if (!cut) return;
    const message = `What ${name} was given or answered is too long to be kept whole; its beginning is.`;
    await this.#context.emit({ type: 'log-line', level: 'warn', message });
  }

  async #cite({ citation }: Extract<ChatEvent, { type: 'citation' }>): Promise<void> {
    const safe = safeCitation(citation);
    if (!safe || this.#citations.size >= MAX_CITATIONS) return;
    const key = JSON.stringify(safe);
    if (this.#citations.has(key)) return;
    this.#citations.set(key, safe);
    await this.#context.emit({ type: 'citation', citation: safe });
  }

  async #keep(event: Extract<ChatEvent, { type: 'file' }>): Promise<void> {
    const bytes = await event.open();
    const file = await this.#context.artifact({
      name: this.#nameOf(event),
      content: Readable.from(bytes, { objectMode: false }),
      mime: vendorMime(event.mime),
    });
    this.#files.push(file);
  }
}
