import { findEntry, toText, type YamlEntry } from '../frontmatter/yaml-value';
import { removeEntry, removeField, renameKey, setField } from '../frontmatter/edit-field';
import { readFrontmatter, type Frontmatter } from '../frontmatter/read-frontmatter';
import { storable } from '../frontmatter/lossless-text';
import type { Repair, Report } from './diagnosis';
import { isKnownField, isRunField, runFields, specificationFields } from './skill-fields';

/**
 * `metadata`: text for each key. open-skills' fields in it are left out here: they are read as what they are.
 */
export function readMetadata({ fields }: Frontmatter, report: Report): Record<string, string> | undefined {
  const entry = findEntry(fields, 'metadata');
  if (!entry || (entry.value.type === 'scalar' && entry.value.value === null)) return undefined;
  if (entry.value.type !== 'map') {
    report.add({
      severity: 'warning',
      code: 'metadata-not-map',
      message: 'The field "metadata" must be a map from keys to texts.',
      field: 'metadata',
      at: entry.keySpan.start,
    });
    return undefined;
  }
  const own = entry.value.entries.filter(({ key }) => !isRunField(key));
  if (own.length === 0) return undefined;
  for (const inner of own) checkText(inner, report);
  return Object.fromEntries(own.map(({ key, value }) => [key, storable(toText(value))]));
}

function checkText({ key, value, keySpan }: YamlEntry, report: Report): void {
  if (value.type === 'scalar' && (typeof value.value === 'string' || value.value === null)) return;
  report.add({
    severity: 'warning',
    code: 'metadata-not-text',
    message: `The value of "metadata.${key}" must be text.`,
    field: `metadata.${key}`,
    at: keySpan.start,
    repair: {
      text: 'Write it as text',
      change: (source) => setField(source, ['metadata', key], toText(value)),
    },
  });
}

/** Fields that neither the specification nor open-skills knows: agents overlook them, so they belong under `metadata`. */
export function checkUnknownFields(frontmatter: Frontmatter, report: Report): void {
  const metadata = findEntry(frontmatter.fields, 'metadata')?.value;
  for (const entry of frontmatter.fields.entries) {
    const { key, keySpan } = entry;
    if (isKnownField(key)) continue;
    const meant = knownSpelling(key);
    const free = meant !== undefined && !findEntry(frontmatter.fields, meant);
    const taken = metadata?.type === 'map' && findEntry(metadata, key) !== undefined;
    const movable = !taken && (metadata === undefined || metadata.type === 'map' || toText(metadata) === '');
    const repair = free ? respell(key, meant) : movable ? moveUnderMetadata(key) : undefined;
    const message = `The field "${key}" is not known${free ? `; "${meant}" is` : ''}.`;
    report.add({
      severity: 'warning',
      code: 'field-unknown',
      message,
      field: key,
      at: keySpan.start,
      ...(repair && { repair }),
    });
  }
}

function knownSpelling(key: string): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');
  return [...specificationFields, ...runFields].find((known) => plain(known) === plain(key));
}

function respell(key: string, meant: string): Repair {
  return {
    text: `Rename it to "${meant}"`,
    change(text) {
      const entry = findEntry(readFrontmatter(text).fields, key);
      return entry ? renameKey(text, entry, meant) : text;
    },
  };
}

function moveUnderMetadata(key: string): Repair {
  return {
    text: 'Move it under "metadata"',
    change(text) {
      const entry = findEntry(readFrontmatter(text).fields, key);
      if (!entry) return text;
      return setField(removeField(text, [key]), ['metadata', key], storable(toText(entry.value)));
    },
  };
}

/** YAML allows a key once; most readers take the last of two, some refuse the file. */
export function checkDuplicates({ fields }: Frontmatter, report: Report): void {
  const maps = [{ prefix: '', map: fields }];
  const metadata = findEntry(fields, 'metadata')?.value;
  if (metadata?.type === 'map') maps.push({ prefix: 'metadata.', map: metadata });
  for (const { prefix, map } of maps) {
    for (const entry of map.entries) {
      if (findEntry(map, entry.key) === entry) continue;
      const repair = map.isFlow ? undefined : removeEarlier(entry.keySpan.start);
      report.add({
        severity: 'warning',
        code: 'field-duplicate',
        message: `The field "${prefix}${entry.key}" occurs twice; the last one counts.`,
        field: `${prefix}${entry.key}`,
        at: entry.keySpan.start,
        ...(repair && { repair }),
      });
    }
  }
}

function removeEarlier(keyStart: number): Repair {
  return {
    text: 'Remove the earlier one',
    change(text) {
      const { fields } = readFrontmatter(text);
      const nested = fields.entries.flatMap(({ value }) => (value.type === 'map' ? value.entries : []));
      const entry = [...fields.entries, ...nested].find((each) => each.keySpan.start === keyStart);
      return entry ? removeEntry(text, entry) : text;
    },
  };
}
