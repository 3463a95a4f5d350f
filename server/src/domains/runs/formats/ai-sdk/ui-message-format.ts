import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { EventFormat } from '../../../../http/event-stream';
import type { UiMessageChunk } from './ui-message-chunk';
import { UiMessageMapper, type MapperOptions } from './ui-message-mapper';

export interface UiMessageFormatOptions extends MapperOptions {
  /** The number of the last event that the reader has. The format is given all events nevertheless: what is open is known from them. */
  after: number;
  /**
   * Calls that the reader has decided about: it has what came before the first of these decisions instead, whenever they were made. One
   * whose connection broke sends its answers again.
   */
  answered?: ReadonlySet<string> | undefined;
}

export interface UiMessageFormat extends EventFormat<RunEvent> {
  /** Whether, by the events that were written, the run waits for a person's decision. */
  waitsForPerson(): boolean;
}

/**
 * Writes a run's events as the AI SDK's UI message stream. `id:` stands at the last chunk of an event: a reader that lost the connection in
 * the middle of one gets all of it again. Without an end (`[DONE]`) the reader was sent away, and comes again.
 */
export function uiMessageFormat({ after, answered, ...options }: UiMessageFormatOptions): UiMessageFormat {
  const mapper = new UiMessageMapper(options);
  let reached = after === 0 && !answered;
  let begun = reached;

  function begin(): string {
    if (begun) return '';
    begun = true;
    return messages(mapper.beginAgain());
  }

  function isNew({ seq, payload }: RunEvent): boolean {
    return answered ? payload.type === 'approval' && answered.has(payload.callId) : seq > after;
  }

  function write(event: RunEvent): string {
    reached ||= isNew(event);
    if (!reached) {
      mapper.map(event);
      return '';
    }
    const beginning = begin();
    return beginning + messages(mapper.map(event), event.seq);
  }

  return {
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    write: (events) => events.map(write).join(''),
    waitsForPerson: () => mapper.waitsForPerson,
    end() {
      if (!mapper.isComplete) return '';
      return `${begin()}${messages(mapper.close())}data: [DONE]\n\n`;
    },
  };
}

function messages(chunks: readonly UiMessageChunk[], seq?: number): string {
  return chunks
    .map((chunk, index) => {
      const id = seq !== undefined && index === chunks.length - 1 ? `id: ${seq}\n` : '';
      return `${id}data: ${JSON.stringify(chunk)}\n\n`;
    })
    .join('');
}
