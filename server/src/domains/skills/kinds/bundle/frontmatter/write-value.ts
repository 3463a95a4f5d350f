import { isDeepStrictEqual } from 'node:util';
import { parseYaml } from './parse-yaml';
import { originalOffsets } from './splice';
import { toPlain, type Plain, type YamlValue } from './yaml-value';

/** How a value is written after `key:`. `head` stands on the key's line; `lines` follow it, indented, without line breaks. */
export interface WrittenValue {
  head: string;
  lines: string[];
}

export interface WritingStyle {
  /** The spaces before the key. */
  indent: string;
  /** The value that is replaced: the new one is written like it where that can be. */
  like?: YamlValue;
}

// Characters with which YAML begins something else than plain text.
const indicator = /^[*&!|>%@`"'#,[\]{}]/;
// What YAML 1.1 readers take for a boolean, a date or a number in base 60, and ours for text.
const ambiguous = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+.\d][-+.\d:_eTZ]*)$/i;

const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u;

export function writeValue(value: Plain, { indent, like }: WritingStyle): WrittenValue {
  if (typeof value === 'string') return writeText(value, indent, like);
  if (value === null || typeof value !== 'object') return { head: String(value), lines: [] };
  const inFlow = like !== undefined && like.type !== 'scalar' && like.isFlow;
  if (Object.keys(value).length === 0 || inFlow) return { head: writeFlow(value), lines: [] };
  if (!Array.isArray(value)) return { head: '', lines: writeMap(value, `${indent}  `) };
  const simple = value.every((item) => item === null || typeof item !== 'object');
  if (simple && like?.type !== 'list') return { head: writeFlow(value), lines: [] };
  return { head: '', lines: value.flatMap((item) => writeItem(item, `${indent}  `)) };
}

function writeMap(value: Record<string, Plain>, indent: string): string[] {
  return Object.entries(value).map(([key, item]) => `${indent}${writeKey(key)}: ${writeFlow(item)}`);
}

function writeItem(item: Plain, indent: string): string[] {
  if (item === null || typeof item !== 'object' || Array.isArray(item) || Object.keys(item).length === 0) {
    return [`${indent}- ${writeFlow(item)}`];
  }
  return writeMap(item, `${indent}  `).map((line, index) =>
    index === 0 ? line.replace(`${indent}  `, `${indent}- `) : line,
  );
}

/** Any value on one line. */
export function writeFlow(value: Plain): string {
  if (typeof value === 'string') return isPlainIn(`key: [${value}]`, value) ? value : doubleQuoted(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${writeKey(key)}: ${writeFlow(item)}`);
  return `{ ${pairs.join(', ')} }`.replace('{  }', '{}');
}

export function writeKey(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && !ambiguous.test(key) ? key : doubleQuoted(key);
}

function writeText(text: string, indent: string, like: YamlValue | undefined): WrittenValue {
  const style = like?.type === 'scalar' ? like.style : 'plain';
  const block = text.includes('\n') || style === 'block' ? writeBlock(text, `${indent}  `) : undefined;
  if (block) return block;
  if (!text.includes('\n') && !unprintable.test(text)) {
    if (style === 'single') return { head: `'${text.replaceAll("'", "''")}'`, lines: [] };
    if (style === 'plain' && isPlainIn(`key: ${text}`, text)) return { head: text, lines: [] };
  }
  return { head: doubleQuoted(text), lines: [] };
}

/** A literal block, for text that it can hold exactly. */
function writeBlock(text: string, indent: string): WrittenValue | undefined {
  const body = text.replace(/\n$/, '');
  const holds = body !== '' && !/^[ \n]|\n$/.test(body) && !/^[ \t]+$/m.test(body) && !unprintable.test(body);
  if (!holds) return undefined;
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return { head: text.endsWith('\n') ? '|' : '|-', lines };
}

/** Whether YAML reads the bare text, as `key`'s value or the one item of its list, as that text, and so do older readers. */
function isPlainIn(yaml: string, text: string): boolean {
  if (text === '' || indicator.test(text) || ambiguous.test(text)) return false;
  if (unprintable.test(text) || /[\t\n]/.test(text)) return false;
  const result = parseYaml(yaml, originalOffsets([]));
  if (!result.ok || result.warnings.length > 0) return false;
  const read = toPlain(result.map);
  return isDeepStrictEqual(read, { key: text }) || isDeepStrictEqual(read, { key: [text] });
}

/** JSON's strings are YAML's; what JSON leaves bare and YAML calls unprintable is escaped too. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
