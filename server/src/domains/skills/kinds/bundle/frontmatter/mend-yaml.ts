import { findEntryLines, findItemLines, splitLines, type EntryLines } from './entry-lines';
import { parseYaml } from './parse-yaml';
import { applySplices, originalOffsets, type Splice } from './splice';

/** One thing that keeps YAML from being read, and what would mend it. `at` is where a person should look. */
export interface Mend {
  reason: 'unquoted' | 'tabs' | 'indentation';
  key: string;
  at: number;
  splices: Splice[];
}

const blockScalar = /^[|>][-+\d]*[ \t]*(?:#.*)?$/;
const maxNesting = 4;

/**
 * Finds the mends with which the YAML can be read: values that want quotes (a colon, a bracket, an asterisk in the prose), tabs as
 * indentation, text that should be indented. Undefined when these are not enough. Lines stay where they are, so that positions hold.
 */
export function mendYaml(yaml: string): Mend[] | undefined {
  const mends = mendBlock(yaml, 0, yaml.length, 0);
  if (!mends || mends.length === 0) return undefined;
  const splices = mends.flatMap((mend) => mend.splices);
  return parses(applySplices(yaml, splices)) ? mends : undefined;
}

function parses(yaml: string): boolean {
  return parseYaml(yaml, originalOffsets([])).ok;
}

function mendBlock(yaml: string, start: number, end: number, depth: number): Mend[] | undefined {
  const entries = depth > maxNesting ? undefined : findEntryLines(yaml, start, end);
  if (!entries) return undefined;
  const mends: Mend[] = [];
  for (const entry of entries) {
    const found = mendEntry(yaml, entry, depth);
    if (!found) return undefined;
    mends.push(...found);
  }
  return mends;
}

function mendEntry(yaml: string, entry: EntryLines, depth: number): Mend[] | undefined {
  const lineStart = yaml.lastIndexOf('\n', entry.keyStart - 1) + 1;
  const works = (mends: readonly Mend[]) => {
    const splices = mends.flatMap((mend) => mend.splices).map((splice) => shift(splice, -lineStart));
    return parses(applySplices(yaml.slice(lineStart, entry.end), splices));
  };
  if (works([])) return [];
  const attempts = [
    () => replaceTabs(yaml, entry),
    () => indentText(yaml, entry),
    () => quoteEntry(yaml, entry),
    () => mendItems(yaml, entry, works),
    () => (entry.valueStart >= firstLineEnd(yaml, entry) ? mendChildren(yaml, entry, depth) : undefined),
  ];
  for (const attempt of attempts) {
    const mends = attempt();
    if (mends && works(mends)) return mends;
  }
  return undefined;
}

function shift(splice: Splice, by: number): Splice {
  return { ...splice, start: splice.start + by, end: splice.end + by };
}

function firstLineEnd(yaml: string, entry: EntryLines): number {
  const newline = yaml.indexOf('\n', entry.colonEnd);
  const end = newline === -1 || newline > entry.end ? entry.end : newline;
  return yaml[end - 1] === '\r' ? end - 1 : end;
}

function mendChildren(yaml: string, entry: EntryLines, depth: number): Mend[] | undefined {
  return mendBlock(yaml, firstLineEnd(yaml, entry) + 1, entry.end, depth + 1);
}

function replaceTabs(yaml: string, entry: EntryLines): Mend[] | undefined {
  const lines = splitLines(yaml.slice(entry.colonEnd, entry.end)).slice(1);
  const splices = lines.flatMap((line) => {
    const indent = /^[ \t]*/.exec(line.text)?.[0] ?? '';
    if (!indent.includes('\t')) return [];
    const start = entry.colonEnd + line.start;
    return [{ start, end: start + indent.length, text: indent.replaceAll('\t', '  ') }];
  });
  const [first] = splices;
  return first && [{ reason: 'tabs', key: entry.key, at: first.start, splices }];
}

/** A block of text (`|` or `>`) whose lines begin at the margin. */
function indentText(yaml: string, entry: EntryLines): Mend[] | undefined {
  if (!blockScalar.test(yaml.slice(entry.valueStart, firstLineEnd(yaml, entry)))) return undefined;
  const splices = indentLines(yaml, entry);
  const [first] = splices;
  return first && [{ reason: 'indentation', key: entry.key, at: first.start, splices }];
}

function indentLines(yaml: string, entry: EntryLines): Splice[] {
  return splitLines(yaml.slice(entry.colonEnd, entry.valueEnd))
    .slice(1)
    .filter((line) => line.text.trim() !== '')
    .map((line) => ({ start: entry.colonEnd + line.start, end: entry.colonEnd + line.start, text: '  ' }));
}

function quoteEntry(yaml: string, entry: EntryLines): Mend[] | undefined {
  const { valueStart, valueEnd, key } = entry;
  if (valueStart >= firstLineEnd(yaml, entry)) return undefined;
  const text = quoteLines(yaml.slice(valueStart, valueEnd));
  return [{ reason: 'unquoted', key, at: valueStart, splices: [{ start: valueStart, end: valueEnd, text }] }];
}

function mendItems(yaml: string, entry: EntryLines, works: (mends: Mend[]) => boolean): Mend[] | undefined {
  const items = findItemLines(yaml, entry.colonEnd, entry.end);
  const mends = items.flatMap(({ start, end }): Mend[] => {
    const text = yaml.slice(start, end);
    if (parses(`item: ${text}`)) return [];
    return [
      { reason: 'unquoted', key: entry.key, at: start, splices: [{ start, end, text: quoteLines(text) }] },
    ];
  });
  return works(mends) ? mends : undefined;
}

/**
 * Double quotes around a value that may go over several lines: YAML folds these into spaces, as it does without quotes. A pair of
 * quotes that is there already, and was the mistake, is not doubled.
 */
function quoteLines(value: string): string {
  const inner = /^(["'])([^]*)\1$/.exec(value)?.[2] ?? value;
  const escaped = inner
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/\t/g, '\\t')
    .replace(/(\r?\n)(?=\S)/g, '$1  ');
  return `"${escaped}"`;
}
