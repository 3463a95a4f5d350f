/** A fence of code, or of mathematics, that a blank line does not end. */
const fence = /^ {0,3}(`{3,}|~{3,})/;
/** Lines that go on with what stood before a blank line: an indented one, or another item of a list. */
const goesOn = /^(\s|[-*+] |\d{1,9}[.)] )/;

/**
 * Markdown cut where cutting changes nothing that is shown: at blank lines outside of code, lists and indented text. Put together the
 * chunks are the text. While a text grows at its end, only its last chunk changes, so that the others need not be drawn again.
 */
export function markdownChunks(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  let blank = false;
  let open: string | undefined;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? undefined : end);
    if (blank && open === undefined && line.trim() !== '' && !goesOn.test(line)) {
      chunks.push(text.slice(start, at));
      start = at;
    }
    const mark = fence.exec(line)?.[1];
    if (mark !== undefined) {
      if (open === undefined) open = mark;
      // Only a fence of the same sign, as long or longer and with nothing behind it, ends one.
      else if (mark.startsWith(open) && line.trim() === mark) open = undefined;
    }
    blank = line.trim() === '';
    at = end === -1 ? text.length : end + 1;
  }
  if (start < text.length) chunks.push(text.slice(start));
  return chunks;
}
