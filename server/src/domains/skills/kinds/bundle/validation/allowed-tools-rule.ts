import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { toText } from '../frontmatter/yaml-value';
import type { Report } from './diagnosis';
import { findField } from './skill-fields';

/** `allowed-tools`: names separated by spaces; a name may end in brackets, which may hold spaces: `Bash(git log:*)`. */
export function readAllowedTools(frontmatter: Frontmatter, report: Report): string[] | undefined {
  const found = findField(frontmatter, 'allowed-tools');
  if (!found) return undefined;
  const { value, keySpan } = found.entry;
  const isText = value.type === 'scalar' && typeof value.value === 'string';
  const tools = value.type === 'list' ? value.items.map(toText) : splitTools(toText(value));
  const hasCommas = isText && splitTools(value.text).length !== splitAt(value.text, /\s/).length;
  if (isText && !hasCommas && !/,(?:\s|$)/.test(value.text)) return tools;
  report.add({
    severity: 'warning',
    code: 'allowed-tools-not-text',
    message: 'The field "allowed-tools" must be one text, with spaces between the names of the tools.',
    field: 'allowed-tools',
    at: keySpan.start,
    ...(value.type !== 'map' && {
      repair: {
        text: 'Write it with spaces between the names',
        change: (text: string) => setField(text, ['allowed-tools'], tools.join(' ')),
      },
    }),
  });
  return value.type === 'map' ? undefined : tools;
}

export function splitTools(text: string): string[] {
  return splitAt(text, /[\s,]/);
}

/** Splits outside of brackets. */
function splitAt(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth > 0 || !separator.test(character)) part += character;
    else if (part !== '') part = (parts.push(part), '');
  }
  return part === '' ? parts : [...parts, part];
}
