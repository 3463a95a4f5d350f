import { aliasSchema } from 'strapi-plugin-skills-shared/contracts';
import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import type { Repair, Report } from './diagnosis';
import { readText, type TextField } from './text-field';

const maxNameLength = 64;

export function isAlias(text: string): boolean {
  return aliasSchema.safeParse(text).success;
}

/**
 * The nearest name that the specification allows: lowercase, accents dropped, everything else a hyphen. Undefined when nothing is
 * left of it, as of a name in Chinese.
 */
export function toAlias(text: string, maxLength = maxNameLength): string | undefined {
  const alias = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/(\p{Lowercase})(\p{Uppercase})/gu, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, maxLength)
    .replace(/-$/, '');
  return alias === '' ? undefined : alias;
}

/** `name`: required; 1–64 of a-z, 0-9 and single hyphens between them; equal to the folder's name. */
export function readName(frontmatter: Frontmatter, report: Report, folder: string): string | undefined {
  const found = readText(frontmatter, report, 'name');
  const right = isAlias(folder) ? folder : toAlias(found?.text ?? folder);
  const repair = right === undefined ? undefined : rename(right);
  if (!found) {
    report.add({
      severity: 'error',
      code: 'name-missing',
      message: 'The skill has no name.',
      field: 'name',
      at: frontmatter.document.start,
      ...(repair && { repair }),
    });
    return undefined;
  }
  for (const [code, message] of faults(found, folder)) {
    const at = found.entry.value.span.start;
    report.add({ severity: 'warning', code, message, field: 'name', at, ...(repair && { repair }) });
  }
  return found.text;
}

function* faults({ text }: TextField, folder: string): Generator<[string, string]> {
  if (text.length > maxNameLength)
    yield ['name-too-long', `The name is longer than ${maxNameLength} characters.`];
  else if (!isAlias(text)) {
    yield [
      'name-invalid',
      'The name may hold only lowercase letters, digits and single hyphens between them.',
    ];
  }
  if (text !== folder)
    yield ['name-mismatch', `The name "${text}" differs from the folder's name "${folder}".`];
}

function rename(name: string): Repair {
  return { text: `Name it "${name}"`, change: (text) => setField(text, ['name'], name) };
}
