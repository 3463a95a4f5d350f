import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { openDocument, type SkillDocument } from '../frontmatter/skill-document';
import type { Repair, Report } from './diagnosis';
import { readText, type TextField } from './text-field';

const maxDescription = 1024;
const maxCompatibility = 500;
const maxBodyLines = 500;

/** `description`: required, 1–1024 characters. */
export function readDescription(frontmatter: Frontmatter, report: Report): string | undefined {
  const found = readText(frontmatter, report, 'description');
  if (found) return checkLength(found, maxDescription, report);
  const proposal = describeFromBody(frontmatter.document);
  report.add({
    severity: 'error',
    code: 'description-missing',
    message: 'The skill has no description, by which agents choose it.',
    field: 'description',
    at: frontmatter.document.start,
    ...(proposal && {
      repair: {
        text: `Describe it as "${proposal.length > 60 ? `${proposal.slice(0, 59)}…` : proposal}"`,
        change: (text: string) => setField(text, ['description'], proposal),
      },
    }),
  });
  return undefined;
}

/** `license`: text of any length. */
export function readLicense(frontmatter: Frontmatter, report: Report): string | undefined {
  return readText(frontmatter, report, 'license')?.text;
}

/** `compatibility`: 1–500 characters. */
export function readCompatibility(frontmatter: Frontmatter, report: Report): string | undefined {
  const found = readText(frontmatter, report, 'compatibility');
  return found && checkLength(found, maxCompatibility, report);
}

/** The body should be read in one go; what is longer belongs into files of its own. */
export function checkBody({ document: { text, bodyStart } }: Frontmatter, report: Report): void {
  const body = text.slice(bodyStart).trimEnd();
  const lines = body === '' ? 0 : body.split('\n').length;
  if (lines <= maxBodyLines) return;
  const message = `The instructions have ${lines} lines; agents read at most ${maxBodyLines} well.`;
  report.add({ severity: 'warning', code: 'body-too-long', message, at: bodyStart });
}

function checkLength({ text, field, entry }: TextField, max: number, report: Report): string {
  const length = [...text].length;
  if (length > max) {
    report.add({
      severity: 'warning',
      code: `${field}-too-long`,
      message: `The ${field} has ${length} characters, and may have ${max}.`,
      field,
      at: entry.value.span.start,
      repair: shorten(field, text, max),
    });
  }
  return text;
}

/** Nothing is lost: what does not fit is the first thing in the body. */
function shorten(field: string, text: string, max: number): Repair {
  return {
    text: `Keep the first ${max} characters and move the rest into the instructions`,
    change(source) {
      const kept = firstSentences(text, max);
      const rest = text.slice(kept.length).trim();
      const { bodyStart, eol, text: all } = openDocument(source);
      const moved = `${eol}${rest.replace(/\r?\n/g, eol)}${eol}`;
      const gap = /^\r?\n/.test(all.slice(bodyStart)) ? '' : eol;
      return setField(all.slice(0, bodyStart) + moved + gap + all.slice(bodyStart), [field], kept.trim());
    },
  };
}

/** As many whole sentences as fit, or else whole words, or else characters; always a beginning of the text. */
function firstSentences(text: string, max: number): string {
  const head = [...text].slice(0, max).join('');
  if (head === text) return text;
  const sentence = Math.max(...['. ', '! ', '? ', '.\n', '。'].map((end) => head.lastIndexOf(end) + 1));
  if (sentence > max / 2) return head.slice(0, sentence);
  const word = head.lastIndexOf(' ');
  return word > 0 ? head.slice(0, word) : head;
}

/** The first paragraph of the instructions, or their first heading. */
function describeFromBody({ text, bodyStart }: SkillDocument): string | undefined {
  const lines = text.slice(bodyStart, bodyStart + 20_000).split(/\r?\n/);
  const from = lines.findIndex((line) => /^[\p{Letter}\p{Number}*_]/u.test(line));
  const paragraph = from === -1 ? [] : lines.slice(from, from + endOfParagraph(lines.slice(from)));
  const heading = lines.find((line) => /^#{1,6} +\S/.test(line))?.replace(/^#+ +/, '');
  const chosen = paragraph.length > 0 ? paragraph.join(' ') : heading;
  const clean = chosen
    ?.replace(/\s+/g, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .trim();
  return clean ? firstSentences(clean, maxDescription).trim() : undefined;
}

function endOfParagraph(lines: readonly string[]): number {
  const end = lines.findIndex((line) => line.trim() === '' || /^(?:#|```|[-*] |\|)/.test(line));
  return end === -1 ? lines.length : end;
}
