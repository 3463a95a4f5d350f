import { isMap, parseDocument } from 'yaml';
import { types } from 'node:util';
import { readNodes } from './read-nodes';
import type { OffsetMap } from './splice';
import type { YamlMap } from './yaml-value';

/** Frontmatter is a page at most; what is larger is no frontmatter, and a parser is not fed with it. */
export const maxYamlBytes = 32 * 1024;

export interface YamlFailure {
  ok: false;
  message: string;
  /** In the text that was parsed. */
  offset: number;
  /** It would exhaust its reader: a bomb, and nothing that quotes would mend. */
  isBomb: boolean;
}

export type YamlResult =
  { ok: true; map: YamlMap; warnings: { message: string; offset: number }[] } | YamlFailure;

const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  // Silent would also keep quiet about a second document, whose fields would be lost.
  logLevel: 'error',
} as const;

/**
 * Reads a YAML mapping. Nothing but the core schema: no custom tags, no merge keys; what nests too deep or multiplies by
 * aliases fails. Offsets go through `offsets` into the text that the caller shows to people. Never throws for what is in the text.
 */
export function parseYaml(text: string, offsets: OffsetMap): YamlResult {
  try {
    const document = parseDocument(text, options);
    const [error] = document.errors;
    if (error) return { ok: false, message: firstLine(error.message), offset: error.pos[0], isBomb: false };
    const { contents } = document;
    if (contents !== null && !isMap(contents)) {
      return { ok: false, message: 'It is not a list of fields with values', offset: 0, isBomb: false };
    }
    const map = contents === null ? emptyMap(offsets) : readNodes(document, text, offsets);
    const warnings = document.warnings.map((warning) => ({
      message: firstLine(warning.message),
      offset: warning.pos[0],
    }));
    return { ok: true, map: map as YamlMap, warnings };
  } catch (error) {
    // The parser recurses, so that a file of brackets exhausts the stack; aliases may name nothing.
    if (!types.isNativeError(error)) throw error;
    const isBomb = !(error instanceof ReferenceError);
    return { ok: false, message: isBomb ? 'It nests or repeats too much' : error.message, offset: 0, isBomb };
  }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/[.:]$/, '');
}

function emptyMap(offsets: OffsetMap): YamlMap {
  const at = offsets.start(0);
  return { type: 'map', entries: [], isFlow: false, span: { start: at, end: at } };
}
