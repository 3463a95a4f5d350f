import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Pair, type Scalar } from 'yaml';
import { storable } from './lossless-text';
import type { OffsetMap } from './splice';
import type { Span, YamlEntry, YamlScalar, YamlValue } from './yaml-value';

/** Values that aliases may repeat: those that multiply are stopped here. */
const maxRepeated = 1_000;
const maxDepth = 64;

interface Reading {
  document: Document;
  text: string;
  offsets: OffsetMap;
  /** Aliases that are being followed. */
  aliasesOpen: number;
  /** Values that were read by way of an alias. */
  repeated: number;
}

type Range = readonly [number, number, number];

const styles: Record<string, YamlScalar['style']> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

/**
 * The parser's tree as values with their places. Throws a `RangeError` for what nests or repeats too much, and a `ReferenceError`
 * for an alias that names nothing and a key that is no name.
 */
export function readNodes(document: Document, text: string, offsets: OffsetMap): YamlValue {
  return readNode({ document, text, offsets, aliasesOpen: 0, repeated: 0 }, document.contents, 0, 0);
}

/** `at` is where the value would begin, if there is none. */
function readNode(reading: Reading, node: unknown, depth: number, at: number): YamlValue {
  if (reading.aliasesOpen > 0) reading.repeated += 1;
  if (reading.repeated > maxRepeated || depth > maxDepth) throw new RangeError('too many values');
  if (isAlias(node)) return follow(reading, node, depth, at);
  if (isScalar(node)) return readScalar(reading, node, at);
  if (isSeq(node)) {
    const items = node.items.map((item) => readNode(reading, item, depth + 1, at));
    return { type: 'list', items, isFlow: node.flow === true, span: spanOf(reading, node.range, at) };
  }
  if (isMap(node)) {
    const entries = node.items.map((pair) => readEntry(reading, pair, depth));
    return { type: 'map', entries, isFlow: node.flow === true, span: spanOf(reading, node.range, at) };
  }
  return { type: 'scalar', text: '', value: null, style: 'plain', span: spanOf(reading, null, at) };
}

/** Without the blank space at its end, which the parser counts to blocks. */
function spanOf({ text, offsets }: Reading, range: Range | null | undefined, fallback: number): Span {
  const [start, end] = range ?? [fallback, fallback];
  const trimmed = start + text.slice(start, end).trimEnd().length;
  return { start: offsets.start(start), end: offsets.end(trimmed) };
}

function readScalar(reading: Reading, node: Scalar, at: number): YamlScalar {
  const { value } = node;
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const read = typeof value === 'string' ? storable(value) : known ? value : null;
  return {
    type: 'scalar',
    text: typeof read === 'string' ? read : (node.source ?? ''),
    value: read,
    style: styles[node.type ?? 'PLAIN'] ?? 'plain',
    span: spanOf(reading, node.range, at),
  };
}

function readEntry(reading: Reading, { key, value }: Pair, depth: number): YamlEntry {
  const { text, offsets } = reading;
  // Keys that are lists, or are written after a question mark, are no names of fields, and nobody means them.
  if (!isScalar(key) || !key.range || /^[ \t]*\?/.test(lineBefore(text, key.range[0]))) {
    throw new ReferenceError('A name of a field is not plain text');
  }
  const keyEnd = key.range[1];
  const colon = text.indexOf(':', keyEnd);
  const afterColon = colon === -1 ? keyEnd : colon + 1;
  return {
    key: storable(String(key.value ?? '')),
    keySpan: spanOf(reading, key.range, 0),
    colonEnd: offsets.end(afterColon),
    value: readNode(reading, value, depth + 1, afterColon),
  };
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function follow(reading: Reading, alias: Alias, depth: number, at: number): YamlValue {
  const target = alias.resolve(reading.document);
  if (!target) throw new ReferenceError(`"*${alias.source}" names nothing`);
  reading.aliasesOpen += 1;
  const value = readNode(reading, target, depth + 1, at);
  reading.aliasesOpen -= 1;
  return { ...value, span: spanOf(reading, alias.range, at) };
}
