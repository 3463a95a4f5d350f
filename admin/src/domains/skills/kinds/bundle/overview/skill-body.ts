/** The Markdown below the frontmatter of a `SKILL.md`; all of it when there is no frontmatter that ends. */
export function skillBody(text: string): string {
  return text.replace(/^\uFEFF?---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/, '');
}
