/** What a text has at a place, read in one way of writing. */
export type ReadSymbol = (text: string, at: number) => number;

/** No symbol of this way of writing. */
export const NO_SYMBOL = -1;
/** Perhaps one: the text ends before it can be told. */
export const UNFINISHED = -2;

/** How a text is looked through: as UTF-16, or as bytes that are read as one unit each. */
export type Reading = 'text' | 'bytes';

/** A way in which secrets may be written: symbols stand for it whatever an encoder makes of each. */
export interface Writing {
  /** The symbol, and how many units it takes: `symbol * 16 + units`. Packed, because it is read for nearly every unit of all output. */
  read: ReadSymbol;
  /** The units that the writing of a symbol may begin with. */
  beginnings(symbol: number): number[];
  /** The sequences of symbols that a secret may be written as. */
  sequences(secret: string, reading: Reading): number[][];
  /** Whether a line may end between two symbols. */
  wraps: boolean;
}

export const pack = (symbol: number, units: number): number => symbol * 16 + units;

const unitsOf = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const bytesOf = (text: string): number[] => [...Buffer.from(text, 'utf8')];

/** As it is, and as a shell shows it in single quotes. */
const plain: Writing = {
  wraps: false,
  read: (text, at) => pack(text.charCodeAt(at), 1),
  beginnings: (symbol) => [symbol],
  sequences(secret, reading) {
    const quoted = secret.replaceAll("'", String.raw`'\''`);
    const read = reading === 'text' ? unitsOf : bytesOf;
    return quoted === secret ? [read(secret)] : [read(secret), read(quoted)];
  },
};

const PERCENT = 0x25;

/** Encoders differ in what they leave as it is, so any byte may be written either way; forms write a space as `+`. */
const percent: Writing = {
  wraps: false,
  read(text, at) {
    const unit = text.charCodeAt(at);
    if (unit !== PERCENT) return pack(unit, 1);
    const byte = hexNumber(text, at + 1, 2);
    return byte === NO_SYMBOL ? pack(unit, 1) : byte === UNFINISHED ? UNFINISHED : pack(byte, 3);
  },
  beginnings: (symbol) => [symbol, PERCENT],
  sequences(secret) {
    const writings = [bytesOf(secret), unitsOf(secret)];
    if (secret.includes(' ')) writings.push(bytesOf(secret.replaceAll(' ', '+')));
    return writings;
  },
};

const BACKSLASH = 0x5c;
const SHORT_ESCAPES = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, meant]) => [letter.charCodeAt(0), meant.charCodeAt(0)],
  ),
);
const LETTER_U = 0x75;

/** As a string of JSON, with or without escapes for what is not ASCII. */
const json: Writing = {
  wraps: false,
  read(text, at) {
    const unit = text.charCodeAt(at);
    if (unit !== BACKSLASH) return pack(unit, 1);
    if (at + 1 >= text.length) return UNFINISHED;
    const letter = text.charCodeAt(at + 1);
    if (letter === LETTER_U) {
      const meant = hexNumber(text, at + 2, 4);
      return meant === NO_SYMBOL || meant === UNFINISHED ? meant : pack(meant, 6);
    }
    const meant = SHORT_ESCAPES.get(letter);
    return meant === undefined ? NO_SYMBOL : pack(meant, 2);
  },
  beginnings: (symbol) => [symbol, BACKSLASH],
  sequences: (secret, reading) =>
    reading === 'text' ? [unitsOf(secret)] : [bytesOf(secret), unitsOf(secret)],
};

const hex: Writing = {
  wraps: true,
  read(text, at) {
    const digit = hexDigit(text.charCodeAt(at));
    return digit === NO_SYMBOL ? NO_SYMBOL : pack(digit, 1);
  },
  beginnings: (symbol) => unitsOf(symbol.toString(16) + symbol.toString(16).toUpperCase()),
  sequences: (secret) => [bytesOf(secret).flatMap((byte) => [byte >> 4, byte & 15])],
};

const [PLUS, SLASH, MINUS, UNDERSCORE] = [0x2b, 0x2f, 0x2d, 0x5f];

/** Of both alphabets. */
const base64: Writing = {
  wraps: true,
  read(text, at) {
    const unit = text.charCodeAt(at);
    if (unit === MINUS) return pack(PLUS, 1);
    if (unit === UNDERSCORE) return pack(SLASH, 1);
    const isDigit = unit >= 0x30 && unit <= 0x39;
    const isLetter = (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
    return isDigit || isLetter || unit === PLUS || unit === SLASH ? pack(unit, 1) : NO_SYMBOL;
  },
  beginnings: (symbol) => [symbol, ...(symbol === PLUS ? [MINUS] : symbol === SLASH ? [UNDERSCORE] : [])],
  sequences: (secret) => [0, 1, 2].map((offset) => base64After(offset, Buffer.from(secret, 'utf8'))),
};

/**
 * The characters that stand for these bytes alone when they come after `offset` others: those at the edges, which stand for a neighbour too,
 * are left out.
 */
function base64After(offset: number, bytes: Buffer): number[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return unitsOf(encoded.slice(Math.ceil((offset * 8) / 6), last));
}

function hexNumber(text: string, from: number, digits: number): number {
  let number = 0;
  for (let at = from; at < from + digits; at += 1) {
    if (at >= text.length) return UNFINISHED;
    const digit = hexDigit(text.charCodeAt(at));
    if (digit === NO_SYMBOL) return NO_SYMBOL;
    number = number * 16 + digit;
  }
  return number;
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : NO_SYMBOL;
}

/** All ways of writing that are looked for. */
export const writings: readonly Writing[] = [plain, percent, json, hex, base64];
