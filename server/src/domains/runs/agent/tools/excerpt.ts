import { StringDecoder } from 'node:string_decoder';
import { binaryKind } from './text-file';

export interface ExcerptRequest {
  /** The first line, from 1, and the first that is no part of it any more. */
  from: number;
  to: number;
  /** UTF-16 units. */
  room: number;
}

/** Some lines of a text that comes in pieces: as many as there is room for, and no more of the rest in memory than a piece. */
export class Excerpt {
  /** What it is, when it is no text. */
  binary: string | undefined;
  text = '';
  /** Lines that were seen. */
  lines = 0;
  /** Whether nothing follows. */
  complete = false;
  /** Whether the only line is not whole. */
  lineCut = false;
  readonly #request: ExcerptRequest;
  readonly #decoder = new StringDecoder('utf8');
  #line = '';
  #lineBegun = false;
  #probed = false;
  #full = false;

  constructor(request: ExcerptRequest) {
    this.#request = request;
  }

  /** The line to go on with. */
  get next(): number {
    return this.lines + (this.lineCut ? 2 : 1);
  }

  /** False once there is nothing more to take. */
  take(chunk: Buffer): boolean {
    if (!this.#probed) this.binary = binaryKind(chunk);
    this.#probed = true;
    if (this.binary === undefined) this.#full = !this.#read(this.#decoder.write(chunk));
    return this.binary === undefined && !this.#full;
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#full || this.binary !== undefined || !this.#read(this.#decoder.end())) return;
    this.complete = true;
    if (this.#lineBegun) this.#endLine('');
  }

  #read(text: string): boolean {
    const parts = text.split('\n');
    return parts.every(
      (part, index) => this.#extend(part) && (index === parts.length - 1 || this.#endLine('\n')),
    );
  }

  get #number(): number {
    return this.lines + 1;
  }

  #extend(part: string): boolean {
    if (part === '') return true;
    this.#lineBegun = true;
    if (this.#number < this.#request.from) return true;
    if (this.#number >= this.#request.to) return false;
    this.#line += part;
    if (this.text.length + this.#line.length <= this.#request.room) return true;
    if (this.text === '') {
      this.lineCut = true;
      // A character of two units may lie on the border.
      this.text = this.#line.slice(0, this.#request.room).replace(/[\ud800-\udbff]$/, '');
    }
    return false;
  }

  #endLine(ending: string): boolean {
    const { from, to } = this.#request;
    if (this.#number >= from && this.#number >= to) return false;
    if (this.#number >= from) this.text += this.#line + ending;
    this.lines += 1;
    this.#line = '';
    this.#lineBegun = false;
    return true;
  }
}
