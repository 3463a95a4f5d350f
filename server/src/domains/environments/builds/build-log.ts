import { TextDecoder } from 'node:util';
import type { SecretMask, TextMasking } from '../../../platform/secret-mask';
import type { BuildLine } from './build-record';

/** Characters of a build's output that are kept. */
const MAX_CHARACTERS = 1024 * 1024;
/** Output is stored at most once in so many milliseconds, or as soon as there is so much of it. */
const GROUP_MS = 250;
const GROUP_CHARACTERS = 64 * 1024;
/** Pieces of one group: a new one begins where the other stream is written to. Beyond them their order within the group is lost. */
const GROUP_PIECES = 100;
/** Pieces of a build, after which each group has one for each stream. */
const FINE_PIECES = 5_000;

type OutputStream = 'stdout' | 'stderr';

interface Channel {
  decoder: TextDecoder;
  masked: TextMasking;
}

/** What a build prints: masked, stored in groups of few pieces, and cut where it becomes too much. */
export class BuildLog {
  readonly #store: (lines: Omit<BuildLine, 'seq'>[]) => Promise<void>;
  readonly #channels: Record<OutputStream, Channel>;
  readonly #mask: SecretMask;
  #pending: Omit<BuildLine, 'seq'>[] = [];
  #pendingCharacters = 0;
  #storedCharacters = 0;
  #pieces = 0;
  #storedAt = 0;
  #isFull = false;

  constructor(mask: SecretMask, store: (lines: Omit<BuildLine, 'seq'>[]) => Promise<void>) {
    this.#store = store;
    this.#mask = mask;
    const channel = (): Channel => ({ decoder: new TextDecoder(), masked: mask.textStream() });
    this.#channels = { stdout: channel(), stderr: channel() };
  }

  /** Awaiting it slows a command that prints more than can be stored. */
  async write(stream: OutputStream, chunk: Buffer): Promise<void> {
    const { decoder, masked } = this.#channels[stream];
    this.#add(stream, masked.push(decoder.decode(chunk, { stream: true })));
    const isDue = performance.now() - this.#storedAt >= GROUP_MS;
    if (isDue || this.#pendingCharacters >= GROUP_CHARACTERS) await this.flush();
  }

  /** A word about the build itself. */
  async say(text: string): Promise<void> {
    this.#pending.push({ stream: 'plugin', text: `${this.#mask.text(text)}\n` });
    await this.flush();
  }

  /** Stores what was held back too. */
  async end(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) {
      const { decoder, masked } = this.#channels[stream];
      this.#add(stream, masked.push(decoder.decode()) + masked.end());
    }
    await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const lines = this.#pending;
    this.#pending = [];
    this.#pendingCharacters = 0;
    this.#storedAt = performance.now();
    await this.#store(lines);
  }

  #add(stream: OutputStream, text: string): void {
    if (text === '' || this.#isFull) return;
    const room = MAX_CHARACTERS - this.#storedCharacters;
    const kept = text.slice(0, room);
    this.#storedCharacters += kept.length;
    this.#pendingCharacters += kept.length;
    const piece = this.#pieceFor(stream);
    if (piece) piece.text += kept;
    else if (kept !== '') {
      this.#pending.push({ stream, text: kept });
      this.#pieces += 1;
    }
    if (kept.length === text.length) return;
    this.#isFull = true;
    this.#pending.push({
      stream: 'plugin',
      text: '\nThere is more output than is kept: the rest is left out.\n',
    });
  }

  /** What more of a stream is added to; undefined where a piece of its own is to begin. */
  #pieceFor(stream: OutputStream): Omit<BuildLine, 'seq'> | undefined {
    const last = this.#pending.at(-1);
    if (last?.stream === stream) return last;
    const isFine = this.#pieces < FINE_PIECES && this.#pending.length < GROUP_PIECES;
    return isFine ? undefined : this.#pending.findLast((piece) => piece.stream === stream);
  }
}
