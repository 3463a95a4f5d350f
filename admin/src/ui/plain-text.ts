/** Sequences by which programs colour a terminal, move its cursor, set its title or link: none of them is text. */
const escapeSequence =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[ -/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]/g;

/** Control characters other than tabs and line ends; they show nothing, or stop what reads them. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Characters that turn the direction of what follows: with them a command can be made to look like another one. */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const codeOf = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;

/** As much of one line as is shown. */
export const shownLineLength = 4_000;

/** A line as a terminal leaves it: what was printed after a carriage return has replaced what stood there. */
function finalLine(line: string): string {
  const shown = line.replace(/\r+$/, '');
  return shown.slice(shown.lastIndexOf('\r') + 1);
}

const clipped = (line: string) =>
  line.length > shownLineLength ? `${line.slice(0, shownLineLength)}…` : line;

/**
 * What a program has printed, as text: without the sequences for terminals, each line as it was left and no longer than
 * `shownLineLength`. Characters that turn the direction of writing are shown by their codes.
 */
export function plainText(printed: string): string {
  return printed
    .replace(escapeSequence, '')
    .split('\n')
    .map((line) => clipped(finalLine(line).replace(controls, '').replace(directions, codeOf)))
    .join('\n');
}

/** A stranger's words with nothing in them hidden or reordered: for what a person is asked to allow. */
export function visibleText(text: string): string {
  return text.replace(directions, codeOf).replace(controls, (character) => codeOf(character));
}
