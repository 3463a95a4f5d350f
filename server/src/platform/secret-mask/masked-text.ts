import type { MaskScanner } from './mask-scanner';

/** What is put in the place of so many hidden units. `begun`: the answer before ended within the same hidden stretch. */
export type Cover = (units: number, begun: boolean) => string;

/**
 * Masks a text that is told in pieces: what may be the beginning of a secret is held back until it is known whether it is one. The pieces
 * that `push` and `end` answer, joined, are what masking the whole text at once gives. What is held back is never longer than the longest
 * way of writing a part of a secret: a few thousand units.
 */
export class MaskedText {
  readonly #scanner: MaskScanner;
  readonly #cover: Cover;
  #held = '';
  /** Units at the beginning of `#held` that belong to a secret that began before it. */
  #coveredAhead = 0;
  #withinCover = false;

  constructor(scanner: MaskScanner, cover: Cover) {
    this.#scanner = scanner;
    this.#cover = cover;
  }

  /** Whether something is held back. */
  get isHolding(): boolean {
    return this.#held !== '';
  }

  push(text: string): string {
    return this.#advance(this.#held + text, false);
  }

  /** What was held back. The next `push` begins a new text. */
  end(): string {
    const rest = this.#advance(this.#held, true);
    this.#withinCover = false;
    return rest;
  }

  #advance(known: string, whole: boolean): string {
    let told = '';
    let toldTo = 0;
    let covered = this.#coveredAhead;
    const tellTo = (end: number): void => {
      const hiddenTo = Math.min(covered, end);
      if (toldTo < hiddenTo) {
        told += this.#cover(hiddenTo - toldTo, this.#withinCover);
        this.#withinCover = true;
        toldTo = hiddenTo;
      }
      if (toldTo < end) {
        told += known.slice(toldTo, end);
        this.#withinCover = false;
        toldTo = end;
      }
    };
    let at = 0;
    for (; at < known.length; at += 1) {
      const end = this.#scanner.endAt(known, at, whole);
      if (end === undefined) break;
      if (end <= covered || end === at) continue;
      if (at > covered) tellTo(at);
      covered = end;
    }
    tellTo(at);
    this.#held = known.slice(at);
    this.#coveredAhead = Math.max(0, covered - at);
    return told;
  }
}
