import { findEntryLines } from './entry-lines';
import { storable } from './lossless-text';
import { mendYaml, type Mend } from './mend-yaml';
import { maxYamlBytes, parseYaml, type YamlFailure } from './parse-yaml';
import { openDocument, type SkillDocument } from './skill-document';
import { applySplices, originalOffsets, type OffsetMap } from './splice';
import { findEntry, type YamlEntry, type YamlMap } from './yaml-value';

/** What the frontmatter says, however well it could be read. All offsets are in `document.text`. */
export interface Frontmatter {
  document: SkillDocument;
  /**
   * `read`: as it stands. `mended`: after the mends. `by-line`: YAML cannot read it, its lines `key: value` were taken for text.
   * `unreadable`: nothing could be taken. `missing`: there is none.
   */
  state: 'read' | 'mended' | 'by-line' | 'unreadable' | 'missing';
  fields: YamlMap;
  mends: Mend[];
  /** Why YAML could not read it, when it could not, and other remarks of the parser. */
  failure: { message: string; offset: number; tooLarge: boolean } | null;
  warnings: { message: string; offset: number }[];
}

/** Reads the frontmatter of a `SKILL.md`; never throws, whatever the file holds. */
export function readFrontmatter(source: Buffer | string | SkillDocument): Frontmatter {
  const document = typeof source === 'string' || Buffer.isBuffer(source) ? openDocument(source) : source;
  const none = { document, fields: noFields(document), mends: [], warnings: [], failure: null };
  if (!document.yaml) return { ...none, state: 'missing' };
  const { start, end } = document.yaml;
  const yaml = document.text.slice(start, end);
  if (Buffer.byteLength(yaml) > maxYamlBytes) {
    const failure = { message: `It is larger than ${maxYamlBytes} bytes`, offset: start, tooLarge: true };
    return { ...none, state: 'unreadable', failure };
  }
  const result = parseYaml(yaml, within(originalOffsets([]), start));
  if (result.ok)
    return { ...none, state: 'read', fields: result.map, warnings: moved(result.warnings, start) };
  return readBroken({ ...none, state: 'unreadable' }, yaml, result);
}

function readBroken(none: Frontmatter, yaml: string, why: YamlFailure): Frontmatter {
  const start = none.document.yaml?.start ?? 0;
  const failure = { message: why.message, offset: start + why.offset, tooLarge: false };
  const mends = why.isBomb ? [] : (mendYaml(yaml) ?? []);
  const splices = mends.flatMap((mend) => mend.splices);
  const result = parseYaml(applySplices(yaml, splices), within(originalOffsets(splices), start));
  if (result.ok) {
    const absolute = mends.map((mend) => ({
      ...mend,
      at: mend.at + start,
      splices: moveSplices(mend, start),
    }));
    return { ...none, state: 'mended', fields: result.map, mends: absolute, failure, warnings: [] };
  }
  const entries = readLines(yaml, start);
  if (entries.length === 0) return { ...none, state: 'unreadable', failure };
  return { ...none, state: 'by-line', fields: { ...none.fields, entries }, failure };
}

function moveSplices(mend: Mend, by: number): Mend['splices'] {
  return mend.splices.map((splice) => ({ ...splice, start: splice.start + by, end: splice.end + by }));
}

function moved(remarks: { message: string; offset: number }[], by: number) {
  return remarks.map((remark) => ({ ...remark, offset: remark.offset + by }));
}

function within(offsets: OffsetMap, base: number): OffsetMap {
  return { start: (offset) => offsets.start(offset) + base, end: (offset) => offsets.end(offset) + base };
}

function noFields(document: SkillDocument): YamlMap {
  const at = document.yaml?.start ?? document.start;
  return { type: 'map', entries: [], isFlow: false, span: { start: at, end: at } };
}

/** The last resort: each entry by itself where YAML can read it, else its text as one line. */
function readLines(yaml: string, base: number): YamlEntry[] {
  const firstKey = yaml.search(/^[\w.$-]+[ \t]*:/m);
  if (firstKey === -1) return [];
  const entries = findEntryLines(yaml, firstKey, yaml.length) ?? [];
  return entries.map((lines): YamlEntry => {
    const alone = parseYaml(yaml.slice(lines.keyStart, lines.end), {
      start: (offset) => offset + lines.keyStart + base,
      end: (offset) => offset + lines.keyStart + base,
    });
    const read = alone.ok ? findEntry(alone.map, lines.key) : undefined;
    if (read) return read;
    const text = storable(yaml.slice(lines.valueStart, lines.valueEnd).replace(/\s*\n\s*/g, ' '));
    return {
      key: lines.key,
      keySpan: { start: lines.keyStart + base, end: lines.keyEnd + base },
      colonEnd: lines.colonEnd + base,
      value: {
        type: 'scalar',
        text,
        value: text,
        style: 'plain',
        span: { start: lines.valueStart + base, end: Math.max(lines.valueStart, lines.valueEnd) + base },
      },
    };
  });
}
