/** A `key: value` line of a block, with the lines that belong to it; offsets are those of the text it was found in. */
export interface EntryLines {
  key: string;
  keyStart: number;
  keyEnd: number;
  colonEnd: number;
  /** Where the value begins on the key's line, or that line's end. */
  valueStart: number;
  /** The end of the last line that is not blank, without its line break. */
  valueEnd: number;
  end: number;
}

// A plain or quoted key, a colon, then a space or the line's end. Keys with spaces are left: prose has colons too.
const keyLine = /^([ \t]*)("[^"\n]*"|'[^'\n]*'|[\w.$-]+)[ \t]*:(?:[ \t]+|(?=\r?$))/;
const listItem = /^([ \t]*)-[ \t]+/;

interface Line {
  start: number;
  text: string;
  end: number;
}

function linesOf(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 || newline >= end ? end : newline + 1;
    lines.push({ start: at, text: text.slice(at, next).replace(/\r?\n$/, ''), end: next });
    at = next;
  }
  return lines;
}

/** Offsets and texts of a text's lines, without their line breaks. */
export function splitLines(text: string): { start: number; text: string }[] {
  return linesOf(text, 0, text.length);
}

/**
 * The entries of the block that begins at `start`, told by their lines alone, for YAML that does not parse: every key at the
 * first key's indentation begins one. Undefined when the block begins with something else.
 */
export function findEntryLines(text: string, start: number, end: number): EntryLines[] | undefined {
  const entries: EntryLines[] = [];
  let indent: string | undefined;
  for (const line of linesOf(text, start, end)) {
    const match = keyLine.exec(line.text);
    if (match && (indent === undefined || match[1] === indent)) {
      indent = match[1];
      entries.push(openEntry(line, match));
    } else if (line.text.trim() !== '' && !line.text.trimStart().startsWith('#')) {
      const last = entries.at(-1);
      if (!last) return undefined;
      last.valueEnd = line.start + line.text.trimEnd().length;
    }
    const current = entries.at(-1);
    if (current) current.end = line.end;
  }
  return entries;
}

function openEntry(line: Line, match: RegExpExecArray): EntryLines {
  const [whole, indent = '', quotedKey = ''] = match;
  const keyStart = line.start + indent.length;
  const keyEnd = keyStart + quotedKey.length;
  return {
    key: quotedKey.replace(/^(["'])(.*)\1$/, '$2'),
    keyStart,
    keyEnd,
    colonEnd: line.start + line.text.indexOf(':', keyEnd - line.start) + 1,
    valueStart: line.start + whole.length,
    valueEnd: line.start + Math.max(whole.trimEnd().length, line.text.trimEnd().length),
    end: line.end,
  };
}

/** The items `- …` of a block, each as the place of its content on its line. */
export function findItemLines(text: string, start: number, end: number): { start: number; end: number }[] {
  return linesOf(text, start, end).flatMap((line) => {
    const match = listItem.exec(line.text);
    return match
      ? [{ start: line.start + match[0].length, end: line.start + line.text.trimEnd().length }]
      : [];
  });
}
