import { SymbolTrie } from './symbol-trie';
import { NO_SYMBOL, UNFINISHED, writings, type Reading, type Writing } from './writings';

/** Symbols of a part at least; the last one has less than twice as many. A long secret is looked for in parts: little is held back, and a part is masked too. */
const PART = 32;
/** A line of a secret of several lines is looked for alone, unless it is so short that honest text may have it. */
const MIN_LINE = 12;
/** `-----BEGIN PRIVATE KEY-----` tells nothing. */
const ARMOUR = /^-----[^-]*-----$/;

const [CARRIAGE_RETURN, LINE_FEED] = [0x0d, 0x0a];
/** Characters of a line's end that are passed over. */
const MAX_BREAK = 2;
/** What a secret begins with is found by one look in a table of all units. */
const UNITS = 0x10000;

interface Search {
  writing: Writing;
  trie: SymbolTrie;
}

/** Looks for secrets in text. It keeps nothing of the text: what comes in pieces is put together by `MaskedText`. */
export class MaskScanner {
  readonly #searches: readonly Search[];
  /** By unit: whether a secret may begin with it, in any way of writing. */
  readonly #mayBegin = new Uint8Array(UNITS);

  constructor(secrets: readonly string[], reading: Reading) {
    const texts = secrets.flatMap((secret) => [secret, ...linesOf(secret)]);
    this.#searches = writings.map((writing) => {
      const trie = new SymbolTrie();
      for (const text of texts)
        for (const sequence of writing.sequences(text, reading))
          for (const part of partsOf(sequence)) trie.add(part);
      return { writing, trie };
    });
    for (const { writing, trie } of this.#searches)
      for (const symbol of trie.root.symbols())
        for (const unit of writing.beginnings(symbol)) this.#mayBegin[unit] = 1;
  }

  /**
   * Where the longest secret, or part of one, that begins at `at` ends; `at` when none does; undefined when it cannot be told before more of
   * the text is known. With `whole`, there is no more.
   */
  endAt(text: string, at: number, whole: boolean): number | undefined {
    if (this.#mayBegin[text.charCodeAt(at)] === 0) return at;
    let longest = at;
    for (const search of this.#searches) {
      const end = endOf(search, text, at, whole);
      if (end === undefined) return undefined;
      if (end > longest) longest = end;
    }
    return longest;
  }
}

function endOf({ writing, trie }: Search, text: string, start: number, whole: boolean): number | undefined {
  let node = trie.root;
  let end = start;
  for (let at = start; node.hasChildren;) {
    if (writing.wraps && at > start) at = afterBreak(text, at);
    const read = at < text.length ? writing.read(text, at) : UNFINISHED;
    if (read === UNFINISHED) return whole ? end : undefined;
    const next = read === NO_SYMBOL ? undefined : node.child(read >> 4);
    if (!next) return end;
    node = next;
    at += read & 15;
    if (node.isEnd) end = at;
  }
  return end;
}

function afterBreak(text: string, at: number): number {
  let after = at;
  while (after < at + MAX_BREAK) {
    const unit = text.charCodeAt(after);
    if (unit !== CARRIAGE_RETURN && unit !== LINE_FEED) break;
    after += 1;
  }
  return after;
}

function linesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  if (lines.length === 1) return [];
  return lines.filter((line) => line.length >= MIN_LINE && !ARMOUR.test(line));
}

function* partsOf(sequence: readonly number[]): Generator<readonly number[]> {
  let start = 0;
  while (start < sequence.length) {
    const rest = sequence.length - start;
    const length = rest < 2 * PART ? rest : PART;
    yield sequence.slice(start, start + length);
    start += length;
  }
}
