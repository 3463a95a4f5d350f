import { StringDecoder } from 'node:string_decoder';

/** Characters of each stream that are remembered: the last JSON line, and the last lines of an error, lie in them. */
const rememberedCharacters = 1024 * 1024;

/** Text made of bytes that come in pieces: a character cut by a piece's border is whole again, invalid bytes become U+FFFD. */
export class TextStream {
  readonly #decoder = new StringDecoder('utf8');
  #tail = '';

  push(chunk: Buffer): string {
    return this.#remember(this.#decoder.write(chunk));
  }

  /** What is left of a character that never was completed. */
  end(): string {
    return this.#remember(this.#decoder.end());
  }

  /** The last lines that are not blank, at most `count` of them and `characters` in all. */
  lastLines(count: number, characters: number): string {
    const lines = this.#tail.split('\n').filter((line) => line.trim() !== '');
    return lines.slice(-count).join('\n').slice(-characters);
  }

  /**
   * The last line that is JSON. Text may follow an object or an array; any other JSON, such as a bare number, counts only as
   * the very last line, because progress is often printed as numbers.
   */
  lastJson(): { value: unknown } | undefined {
    const lines = this.#tail.split('\n').filter((line) => line.trim() !== '');
    for (const [index, line] of lines.reverse().entries()) {
      const parsed = parseJson(line);
      if (parsed && (index === 0 || (typeof parsed.value === 'object' && parsed.value !== null)))
        return parsed;
    }
    return undefined;
  }

  #remember(text: string): string {
    this.#tail = (this.#tail + text).slice(-rememberedCharacters);
    return text;
  }
}

/** Undefined when the text is no JSON: a value may itself be `undefined`'s cousin, `null`. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
