import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { toText } from '../frontmatter/yaml-value';
import type { Report } from './diagnosis';
import { findField, type FoundField } from './skill-fields';

export interface TextField extends FoundField {
  text: string;
}

/**
 * Reads a field that must be text. A number or a truth value is read as it was written, with a warning; so is a list of words. Of a map
 * only the warning remains.
 */
export function readText(frontmatter: Frontmatter, report: Report, key: string): TextField | undefined {
  const found = findField(frontmatter, key);
  if (!found) return undefined;
  const { value } = found.entry;
  const text = asText(found);
  if (text === undefined || value.type !== 'scalar' || typeof value.value !== 'string') {
    report.add({
      severity: 'warning',
      code: 'field-not-text',
      message: `The field "${found.field}" must be text.`,
      field: found.field,
      at: found.entry.keySpan.start,
      ...(text !== undefined && {
        repair: { text: 'Write it as text', change: (source: string) => setField(source, found.path, text) },
      }),
    });
  }
  return text === undefined ? undefined : { ...found, text: text.trim() };
}

function asText({ entry: { value } }: FoundField): string | undefined {
  if (value.type === 'scalar') return value.text;
  if (value.type === 'list' && value.items.every((item) => item.type === 'scalar')) {
    return value.items.map(toText).join(', ');
  }
  return undefined;
}
