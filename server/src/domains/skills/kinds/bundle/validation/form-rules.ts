import { findForeignByte, replaceForeignBytes } from '../frontmatter/lossless-text';
import type { Mend } from '../frontmatter/mend-yaml';
import { maxYamlBytes } from '../frontmatter/parse-yaml';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { openDocument } from '../frontmatter/skill-document';
import { applySplices } from '../frontmatter/splice';
import type { Report } from './diagnosis';

/** What other readers of the file may stumble over before they see a field: its encoding, line breaks and first line. */
export function checkForm({ document }: Frontmatter, report: Report): void {
  const { text, hasBom, wasUtf16, eol, start, yaml } = document;
  if (wasUtf16) {
    const repair = { text: 'Save it as UTF-8', change: (source: string) => source };
    report.add({
      severity: 'warning',
      code: 'encoding-utf16',
      message: 'The file is UTF-16, not UTF-8.',
      at: 0,
      repair,
    });
  }
  const foreign = findForeignByte(text);
  if (foreign !== undefined) {
    const repair = { text: 'Read these bytes as Windows-1252', change: replaceForeignBytes };
    const message = 'The file holds bytes that are not UTF-8.';
    report.add({ severity: 'warning', code: 'encoding-invalid', message, at: foreign, repair });
  }
  if (hasBom && !wasUtf16) {
    const repair = { text: 'Remove it', change: (source: string) => source.replace(/^\ufeff/, '') };
    report.add({
      severity: 'warning',
      code: 'byte-order-mark',
      message: 'The file begins with a byte order mark.',
      at: 0,
      repair,
    });
  }
  if (eol === '\r\n') {
    const repair = { text: 'Use LF', change: (source: string) => source.replaceAll('\r\n', '\n') };
    const message = 'The lines end in CR LF, which some agents do not read.';
    report.add({ severity: 'warning', code: 'line-breaks-crlf', message, at: 0, repair });
  }
  if (yaml && text.slice(0, start).trim() === '' && text.slice(hasBom ? 1 : 0, start) !== '') {
    const repair = { text: 'Remove the empty lines', change: (source: string) => source.replace(/^\s+/, '') };
    const message = 'The frontmatter must begin on the first line.';
    report.add({ severity: 'warning', code: 'frontmatter-not-first', message, at: start, repair });
  }
}

/** Whether there is frontmatter that can be read at all. */
export function checkFrontmatter(
  frontmatter: Frontmatter,
  report: Report,
  empty: (text: string) => string,
): void {
  const { document, state, failure, mends, warnings } = frontmatter;
  const error = { severity: 'error', field: undefined } as const;
  if (state === 'missing') {
    const message = 'The file does not begin with frontmatter: a line "---", fields, and another "---".';
    const repair = { text: 'Add frontmatter', change: empty };
    return report.add({ ...error, code: 'frontmatter-missing', message, at: document.start, repair });
  }
  if (!document.closed) addUnclosed(frontmatter, report);
  if (failure?.tooLarge) {
    const message = `The frontmatter is larger than ${maxYamlBytes} bytes.`;
    report.add({ ...error, code: 'frontmatter-too-large', message, at: failure.offset });
  } else if (failure && mends.length === 0) {
    const message = `The frontmatter is not valid YAML: ${failure.message}.`;
    report.add({ ...error, code: 'frontmatter-unreadable', message, at: failure.offset });
  }
  for (const mend of mends) addMend(mend, report);
  for (const { message, offset } of warnings) {
    report.add({ severity: 'warning', code: 'yaml-warning', message: `YAML: ${message}.`, at: offset });
  }
}

function addUnclosed({ document, fields }: Frontmatter, report: Report): void {
  report.add({
    severity: 'error',
    code: 'frontmatter-unclosed',
    message: 'The line "---" that ends the frontmatter is missing.',
    at: document.start,
    ...(fields.entries.length > 0 && { repair: { text: 'End it after the last field', change: close } }),
  });
}

function close(source: string): string {
  const { text, yaml, eol, closed } = openDocument(source);
  if (!yaml || closed) return source;
  const before = text[yaml.end - 1] === '\n' ? '' : eol;
  return applySplices(text, [{ start: yaml.end, end: yaml.end, text: `${before}---${eol}` }]);
}

const mendTexts: Record<Mend['reason'], { code: string; message: (key: string) => string; repair: string }> =
  {
    unquoted: {
      code: 'yaml-unquoted',
      message: (key) =>
        `The value of "${key}" holds characters that mean something in YAML, and is not in quotes.`,
      repair: 'Put it in quotes',
    },
    tabs: {
      code: 'yaml-tabs',
      message: (key) => `The lines of "${key}" are indented by tabs, which YAML forbids.`,
      repair: 'Use spaces',
    },
    indentation: {
      code: 'yaml-indentation',
      message: (key) => `The text of "${key}" is not indented.`,
      repair: 'Indent it',
    },
  };

/** YAML cannot read the file as it stands, but what was meant is plain: read so, and kept as a warning. */
function addMend(mend: Mend, report: Report): void {
  const { code, message, repair } = mendTexts[mend.reason];
  report.add({
    severity: 'warning',
    code,
    message: message(mend.key),
    field: mend.key,
    at: mend.at,
    repair: { text: repair, change: (text) => applySplices(text, mend.splices) },
  });
}
