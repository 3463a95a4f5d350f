import { decodeLossless } from './lossless-text';

/**
 * A `SKILL.md` cut into its parts. `text` is the whole file, each byte in it (see `lossless-text`); offsets count its UTF-16
 * units.
 */
export interface SkillDocument {
  text: string;
  /** The YAML between the two lines `---`; null when the file does not begin with one. */
  yaml: { start: number; end: number } | null;
  /** False when the second `---` is missing; `yaml` then ends where the frontmatter seems to. */
  closed: boolean;
  /** Where the first `---` begins, or would have to. */
  start: number;
  bodyStart: number;
  eol: '\n' | '\r\n';
  hasBom: boolean;
  /** The file was UTF-16; `text` is what it says, and saving it makes it UTF-8. */
  wasUtf16: boolean;
}

export interface Position {
  line: number;
  column: number;
}

const fence = /^---[ \t]*(?:\r?\n|$)/;
const closingFence = /^---[ \t]*\r?$/gm;

export function openDocument(source: Buffer | string): SkillDocument {
  if (typeof source === 'string') return cut(source, false);
  const utf16 = decodeUtf16(source);
  return utf16 === undefined ? cut(decodeLossless(source), false) : cut(utf16, true);
}

function decodeUtf16(source: Buffer): string | undefined {
  const mark = source.length >= 2 ? source.readUInt16BE(0) : 0;
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(source);
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(source);
  return undefined;
}

function cut(text: string, wasUtf16: boolean): SkillDocument {
  const hasBom = text.startsWith('\ufeff');
  const start = text.slice(hasBom ? 1 : 0).search(/\S|$/) + (hasBom ? 1 : 0);
  const firstLine = lineStart(text, start);
  const common = { text, hasBom, wasUtf16, eol: eolOf(text) };
  const opening = fence.exec(text.slice(firstLine, firstLine + 4096));
  if (!opening) {
    const at = hasBom ? 1 : 0;
    return { ...common, yaml: null, closed: false, start: at, bodyStart: at };
  }
  const yamlStart = firstLine + opening[0].length;
  closingFence.lastIndex = yamlStart;
  const closing = closingFence.exec(text);
  if (!closing) {
    const end = guessEnd(text, yamlStart);
    return { ...common, yaml: { start: yamlStart, end }, closed: false, start: firstLine, bodyStart: end };
  }
  const bodyStart = Math.min(text.length, closing.index + closing[0].length + 1);
  return {
    ...common,
    yaml: { start: yamlStart, end: closing.index },
    closed: true,
    start: firstLine,
    bodyStart,
  };
}

/** The start of the line that `offset` is on; a byte order mark is not part of the line. */
function lineStart(text: string, offset: number): number {
  const before = text.lastIndexOf('\n', offset - 1) + 1;
  return before === 0 && text.startsWith('\ufeff') ? 1 : before;
}

/** An unclosed frontmatter goes as far as its lines look like YAML: to the first blank line or heading. */
function guessEnd(text: string, start: number): number {
  const stop = /^(?:[ \t]*\r?\n|#{1,6} )/m.exec(text.slice(start));
  return stop ? start + stop.index : text.length;
}

function eolOf(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Line and column of an offset, both from 1; a byte order mark takes no column. */
export function positionAt(text: string, offset: number): Position {
  const start = lineStart(text, offset);
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return { line, column: Math.max(1, offset - start + 1) };
}
