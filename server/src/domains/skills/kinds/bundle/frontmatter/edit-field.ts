import { InvalidError } from '../../../../../http/errors';
import { readFrontmatter, type Frontmatter } from './read-frontmatter';
import { applySplices, type Splice } from './splice';
import { writeKey, writeValue, type WrittenValue } from './write-value';
import { findEntry, isEmpty, toPlain, type Plain, type YamlEntry, type YamlMap } from './yaml-value';

/** A field at top level, or one under `metadata`. */
export type FieldPath = readonly [string] | readonly [string, string];

/**
 * Sets one field in the text of a `SKILL.md`, and leaves every other character as it is: comments, quotes, order, line breaks.
 * Makes the frontmatter when there is none. Refuses with `frontmatter-unreadable` what could not be read at all.
 */
export function setField(text: string, path: FieldPath, value: Plain): string {
  const frontmatter = readFrontmatter(text);
  if (frontmatter.state === 'missing') return create(frontmatter, nest(path, value));
  refuseUnreadable(frontmatter);
  const [key, inner] = path;
  const entry = findEntry(frontmatter.fields, key);
  if (frontmatter.fields.isFlow) return rewriteFlow(frontmatter, path, value);
  if (!entry || (inner !== undefined && isEmpty(entry.value)))
    return setTop(frontmatter, key, nestIn(inner, value));
  if (inner === undefined) return setTop(frontmatter, key, value);
  return setInner(frontmatter, entry, inner, value);
}

/** Removes a field with its line or lines; does nothing when there is none. */
export function removeField(text: string, path: FieldPath): string {
  const frontmatter = readFrontmatter(text);
  const [key, inner] = path;
  const entry = findEntry(frontmatter.fields, key);
  if (!entry) return text;
  refuseUnreadable(frontmatter);
  if (frontmatter.fields.isFlow) return rewriteFlow(frontmatter, path, undefined);
  if (inner === undefined) return removeEntry(text, entry);
  const { value } = entry;
  const innerEntry = value.type === 'map' ? findEntry(value, inner) : undefined;
  if (value.type !== 'map' || !innerEntry) return text;
  if (value.entries.length === 1) return removeEntry(text, entry);
  if (value.isFlow) return setTop(frontmatter, key, without(value, inner));
  return removeEntry(text, innerEntry);
}

/** Writes another name over a key; its value stays as it is. */
export function renameKey(text: string, entry: YamlEntry, key: string): string {
  return applySplices(text, [{ ...entry.keySpan, text: key }]);
}

/** Removes the lines of an entry of a block. */
export function removeEntry(text: string, entry: YamlEntry): string {
  const start = text.lastIndexOf('\n', entry.keySpan.start - 1) + 1;
  const from = start === 0 && text.startsWith('\ufeff') ? 1 : start;
  return applySplices(text, [{ start: from, end: nextLine(text, valueEnd(entry)), text: '' }]);
}

function refuseUnreadable(frontmatter: Frontmatter): void {
  if (frontmatter.state !== 'unreadable') return;
  const message = 'The frontmatter cannot be read, so it can only be changed in the file itself.';
  throw new InvalidError(message, { code: 'frontmatter-unreadable' });
}

function nestIn(inner: string | undefined, value: Plain): Plain {
  return inner === undefined ? value : { [inner]: value };
}

function nest([key, inner]: FieldPath, value: Plain): Record<string, Plain> {
  return { [key]: nestIn(inner, value) };
}

function without(map: YamlMap, key: string): Plain {
  const kept = map.entries.filter((entry) => entry.key !== key);
  return toPlain({ ...map, entries: kept });
}

function create({ document }: Frontmatter, fields: Record<string, Plain>): string {
  const { text, start, eol } = document;
  const lines = Object.entries(fields).flatMap(([key, value]) => {
    const written = writeValue(value, { indent: '' });
    return [line('', key, written), ...written.lines];
  });
  const body = text.slice(start);
  const gap = body === '' || /^\r?\n/.test(body) ? [] : [''];
  return text.slice(0, start) + ['---', ...lines, '---', ...gap, ''].join(eol) + body;
}

function line(indent: string, key: string, { head }: WrittenValue): string {
  return `${indent}${writeKey(key)}:${head === '' ? '' : ` ${head}`}`;
}

function setTop(frontmatter: Frontmatter, key: string, value: Plain): string {
  const { text } = frontmatter.document;
  const entry = findEntry(frontmatter.fields, key);
  return applySplices(text, [
    entry ? replaceValue(frontmatter, entry, value) : insertTop(frontmatter, key, value),
  ]);
}

function setInner(frontmatter: Frontmatter, entry: YamlEntry, inner: string, value: Plain): string {
  const { text, eol } = frontmatter.document;
  const map = entry.value;
  if (map.type !== 'map') {
    const message = `The field "${entry.key}" is not a map, so nothing can be set in it.`;
    throw new InvalidError(message, { code: 'field-not-map', path: [entry.key] });
  }
  const existing = findEntry(map, inner);
  if (existing) return applySplices(text, [replaceValue(frontmatter, existing, value)]);
  const last = map.entries.at(-1);
  if (map.isFlow || !last) {
    return setTop(frontmatter, entry.key, { ...(toPlain(map) as Record<string, Plain>), [inner]: value });
  }
  const indent = indentOf(text, last);
  const written = writeValue(value, { indent });
  const at = afterEntry(text, last);
  return applySplices(text, [insertion(text, at, [line(indent, inner, written), ...written.lines], eol)]);
}

/** `name` comes first and `description` after it, as readers expect; everything else comes last. */
function insertTop({ document, fields }: Frontmatter, key: string, value: Plain): Splice {
  const { text, yaml, eol } = document;
  const [first] = fields.entries;
  const indent = first ? indentOf(text, first) : '';
  const written = writeValue(value, { indent });
  const name = key === 'description' ? findEntry(fields, 'name') : undefined;
  const place = name ? afterEntry(text, name) : key === 'name' ? yaml?.start : yaml?.end;
  return insertion(text, place ?? 0, [line(indent, key, written), ...written.lines], eol);
}

function insertion(text: string, at: number, lines: string[], eol: string): Splice {
  const before = at === 0 || text[at - 1] === '\n' || text[at - 1] === '\ufeff' ? '' : eol;
  return { start: at, end: at, text: `${before}${lines.join(eol)}${eol}` };
}

function indentOf(text: string, entry: YamlEntry): string {
  const start = text.lastIndexOf('\n', entry.keySpan.start - 1) + 1;
  return text.slice(start, entry.keySpan.start).replace(/[^ ]/g, ' ');
}

/** The end of the line that `offset` is on, before its line break. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

function valueEnd(entry: YamlEntry): number {
  return Math.max(entry.colonEnd, entry.value.span.end);
}

/** Where the next entry may begin: blank lines after a block of text may belong to it. */
function afterEntry(text: string, entry: YamlEntry): number {
  const at = nextLine(text, valueEnd(entry));
  if (entry.value.type !== 'scalar' || entry.value.style !== 'block') return at;
  return at + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(at))?.[0].length ?? 0);
}

function replaceValue({ document }: Frontmatter, entry: YamlEntry, value: Plain): Splice {
  const { text, eol } = document;
  const { colonEnd, value: old } = entry;
  const { head, lines } = writeValue(value, { indent: indentOf(text, entry), like: old });
  const end = valueEnd(entry);
  const sameLine = old.span.start < lineEnd(text, colonEnd) || old.span.start === old.span.end;
  if (lines.length === 0) {
    if (sameLine && old.span.end > old.span.start) return { ...old.span, text: head };
    return { start: colonEnd, end: sameLine ? colonEnd : end, text: ` ${head}` };
  }
  const space = head === '' ? '' : ` ${head}`;
  const block = lines.map((each) => eol + each).join('');
  if (!sameLine) {
    const remark = text.slice(colonEnd, lineEnd(text, colonEnd));
    return { start: colonEnd, end, text: space + remark + block };
  }
  // A remark behind the old value stays on the key's line.
  const until = lineEnd(text, end);
  return { start: colonEnd, end: until, text: space + text.slice(end, until) + block };
}

/** Fields in braces: the whole map is one line anyway, so it is written anew. */
function rewriteFlow(
  { document, fields }: Frontmatter,
  [key, inner]: FieldPath,
  value: Plain | undefined,
): string {
  const all = toPlain(fields) as Record<string, Plain>;
  const old = all[key];
  const oldInner = old !== null && typeof old === 'object' && !Array.isArray(old) ? old : {};
  const target = inner === undefined ? all : oldInner;
  const name = inner ?? key;
  if (value === undefined) delete target[name];
  else target[name] = value;
  if (inner !== undefined) all[key] = target;
  const { head } = writeValue(all, { indent: '', like: fields });
  return applySplices(document.text, [{ ...fields.span, text: head }]);
}
