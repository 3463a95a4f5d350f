import { posix } from 'node:path';
import { checkPath } from '../../../../versions';
import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { toText } from '../frontmatter/yaml-value';
import type { Report } from './diagnosis';
import { findField } from './skill-fields';
import { readText } from './text-field';

/** `version`: a label. Numbers are what people write here, so that `1.0` is no mistake; it is read as written. */
export function readVersionLabel(frontmatter: Frontmatter, report: Report): string | undefined {
  const found = findField(frontmatter, 'version');
  if (found?.entry.value.type === 'scalar') return found.entry.value.text.trim();
  return readText(frontmatter, report, 'version')?.text;
}

/**
 * `entrypoint`: the file that a run executes, relative to the bundle. One that names no file is a warning only, so that a
 * draft can be imported and mended; a run of it is refused.
 */
export function readEntrypoint(
  frontmatter: Frontmatter,
  report: Report,
  paths: readonly string[],
): string | undefined {
  const found = readText(frontmatter, report, 'entrypoint');
  if (!found) return undefined;
  const path = found.text.replace(/^(?:\.\/)+/, '');
  if (paths.includes(path)) return path;
  const problem = checkPath(path);
  const candidate = nearest(path, paths);
  report.add({
    severity: 'warning',
    code: problem ? 'entrypoint-invalid' : 'entrypoint-missing',
    message: problem
      ? `The entrypoint is no path in the bundle: ${problem.message}`
      : `There is no file "${path}" to start.`,
    field: found.field,
    at: found.entry.value.span.start,
    ...(candidate !== undefined && {
      repair: {
        text: `Start "${candidate}"`,
        change: (text: string) => setField(text, found.path, candidate),
      },
    }),
  });
  return problem ? undefined : path;
}

/** The one file that was probably meant: the same path in another case or with backslashes, or the only one of that name. */
function nearest(path: string, paths: readonly string[]): string | undefined {
  const wanted = path.replaceAll('\\', '/').toLowerCase();
  const same = paths.filter((other) => other.toLowerCase() === wanted);
  const named = paths.filter((other) => posix.basename(other).toLowerCase() === posix.basename(wanted));
  const [match, second] = same.length > 0 ? same : named;
  return second === undefined ? match : undefined;
}

/** `tags`: a list of words, or one text with commas. */
export function readTags(frontmatter: Frontmatter, report: Report): string[] | undefined {
  const found = findField(frontmatter, 'tags');
  if (!found) return undefined;
  const { value, keySpan } = found.entry;
  if (value.type === 'map') {
    const message = 'The field "tags" must be a list of words.';
    report.add({
      severity: 'warning',
      code: 'tags-not-list',
      message,
      field: found.field,
      at: keySpan.start,
    });
    return undefined;
  }
  const words = value.type === 'list' ? value.items.map(toText) : value.text.split(',');
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

const yes = /^(?:true|yes|on|y|1)$/i;
const no = /^(?:false|no|off|n|0)$/i;

/** `allow_network`: `true` or `false` and nothing else, because it opens a door. */
export function readAllowNetwork(frontmatter: Frontmatter, report: Report): boolean | undefined {
  const found = findField(frontmatter, 'allow_network');
  if (!found) return undefined;
  const { value, keySpan } = found.entry;
  if (value.type === 'scalar' && typeof value.value === 'boolean') return value.value;
  const text = toText(value).trim();
  const meant = yes.test(text) ? true : no.test(text) ? false : undefined;
  report.add({
    severity: 'warning',
    code: 'allow-network-not-boolean',
    message: 'The field "allow_network" must be true or false; until then it is false.',
    field: found.field,
    at: keySpan.start,
    ...(meant !== undefined && {
      repair: { text: `Write ${meant}`, change: (source: string) => setField(source, found.path, meant) },
    }),
  });
  return undefined;
}
