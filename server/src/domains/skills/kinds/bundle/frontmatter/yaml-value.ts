/** A place in the text of a `SKILL.md`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A scalar. `text` is what a person wrote (`1.0`, not the number 1), `value` what YAML reads in it. `style` is how it was written,
 * so that an edit can write the same way.
 */
export interface YamlScalar {
  type: 'scalar';
  text: string;
  value: string | number | boolean | null;
  style: 'plain' | 'single' | 'double' | 'block';
  span: Span;
}

export interface YamlList {
  type: 'list';
  items: YamlValue[];
  isFlow: boolean;
  span: Span;
}

export interface YamlMap {
  type: 'map';
  entries: YamlEntry[];
  isFlow: boolean;
  span: Span;
}

export interface YamlEntry {
  key: string;
  keySpan: Span;
  /** Just after the colon. */
  colonEnd: number;
  value: YamlValue;
}

export type YamlValue = YamlScalar | YamlList | YamlMap;

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** The value as JSON has it. Of a key that occurs twice the last one counts. */
export function toPlain(value: YamlValue): Plain {
  if (value.type === 'scalar') return value.value;
  if (value.type === 'list') return value.items.map(toPlain);
  return Object.fromEntries(value.entries.map((entry) => [entry.key, toPlain(entry.value)]));
}

/** One line of text for any value: a scalar as it was written, anything else as JSON. */
export function toText(value: YamlValue): string {
  return value.type === 'scalar' ? value.text : JSON.stringify(toPlain(value));
}

/** The entry that counts: the last of its name. */
export function findEntry(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.findLast((entry) => entry.key === key);
}

export function isEmpty(value: YamlValue): boolean {
  return value.type === 'scalar' && (value.value === null || value.text.trim() === '');
}
