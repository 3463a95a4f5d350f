import type { ChatEvent, ChatRequest } from 'strapi-plugin-skills-shared/provider';

/** Bytes of UTF-8 that make a token: about four in English, in most other languages and in code no more. */
const BYTES_PER_TOKEN = 4;

/** Estimates what a request took by the size of what went to and fro, for vendors that do not tell, or did not come so far. */
export class TokenEstimate {
  readonly #request: Pick<ChatRequest, 'instructions' | 'messages' | 'tools'>;
  #requestBytes: number | undefined;
  #answerBytes = 0;

  constructor({ instructions, messages, tools }: Pick<ChatRequest, 'instructions' | 'messages' | 'tools'>) {
    this.#request = {
      messages,
      ...(instructions !== undefined && { instructions }),
      ...(tools && { tools }),
    };
  }

  observe(event: ChatEvent): void {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      this.#answerBytes += Buffer.byteLength(event.text);
    }
    if (event.type === 'tool-call') this.#answerBytes += jsonBytes(event.input);
  }

  /** Measured only when it is asked for: a long conversation takes a while. */
  get tokens(): number {
    this.#requestBytes ??= jsonBytes(this.#request);
    return Math.ceil((this.#requestBytes + this.#answerBytes) / BYTES_PER_TOKEN);
  }
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
