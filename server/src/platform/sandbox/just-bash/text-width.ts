/** Marks that stand above or in the character before them, and characters that only join or choose a form. */
const none = /^[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;
/** Scripts of East Asia and pictures, which take two columns. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that characters take in a terminal. */
export function widthOf(characters: readonly string[]): number {
  let width = 0;
  for (const character of characters) width += none.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}
