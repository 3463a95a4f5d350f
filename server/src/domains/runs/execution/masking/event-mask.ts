import type { RunEventPayload, TextStreamName } from 'strapi-plugin-skills-shared/contracts';
import type { SecretMask, TextMasking } from '../../../../platform/secret-mask';

type TextDelta = Extract<RunEventPayload, { type: 'text-delta' }>;

/**
 * Masks a run's events. Text of one stream may be held back, so that a secret that comes in pieces is not told; it comes out before the next
 * event that is no text, so that the order of what is told stays. Text of another stream does not bring it out: a script that writes by
 * turns to both would get its secret through.
 */
export class EventMask {
  readonly #mask: SecretMask;
  readonly #streams = new Map<TextStreamName, TextMasking>();

  constructor(mask: SecretMask) {
    this.#mask = mask;
  }

  /** What may be told by now, this event at the end unless it is held back. */
  pass(payload: RunEventPayload): RunEventPayload[] {
    if (payload.type !== 'text-delta') return [...this.rest(), this.#masked(payload)];
    const stream = this.#streams.get(payload.stream) ?? this.#mask.textStream();
    this.#streams.set(payload.stream, stream);
    return textOf(payload.stream, stream.push(payload.text));
  }

  /** What was held back. */
  rest(): RunEventPayload[] {
    const rest = [...this.#streams].flatMap(([name, stream]) => textOf(name, stream.end()));
    this.#streams.clear();
    return rest;
  }

  /** Field by field: what names a state or an id is the plugin's own word, whatever somebody has made a secret of. */
  #masked(payload: Exclude<RunEventPayload, TextDelta>): RunEventPayload {
    const mask = this.#mask;
    switch (payload.type) {
      case 'run-start':
        return { ...payload, ...(payload.command !== undefined && { command: mask.text(payload.command) }) };
      case 'tool-call':
      case 'approval-request':
        return { ...payload, input: mask.value(payload.input) };
      case 'tool-result':
        return { ...payload, output: mask.value(payload.output) };
      case 'message':
        return { ...payload, text: mask.text(payload.text) };
      case 'file-load':
        return { ...payload, path: mask.text(payload.path) };
      case 'citation':
        return { ...payload, citation: mask.value(payload.citation) };
      case 'provider-event':
        return { ...payload, data: mask.value(payload.data) };
      case 'log-line':
        return { ...payload, message: mask.text(payload.message) };
      case 'run-end':
        return { ...payload, error: payload.error && maskedError(payload.error, mask) };
      case 'artifact':
      case 'approval':
      case 'child-run':
      case 'context-trim':
      case 'files-change':
      case 'run-resume':
      case 'run-wait':
      case 'skill-load':
      case 'step-start':
      case 'usage':
        return payload;
    }
  }
}

/** An error's code is one of ours. */
export function maskedError<Failure extends { message: string }>(error: Failure, mask: SecretMask): Failure {
  return { ...error, message: mask.text(error.message) };
}

function textOf(stream: TextStreamName, text: string): TextDelta[] {
  return text === '' ? [] : [{ type: 'text-delta', stream, text }];
}
