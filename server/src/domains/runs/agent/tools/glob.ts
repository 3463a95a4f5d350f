/** Characters that may stand in a pattern, and segments that may be in one. */
export const MAX_PATTERN = 500;

/**
 * Whether a path matches a pattern: `*` and `?` stand for characters within a name, `**` for any number of folders. A pattern without `/`
 * is one for names in any folder. It takes time in proportion to both lengths, whatever the pattern: patterns come from models.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const wanted = pattern.includes('/') ? pattern.split('/') : ['**', pattern];
  return matchesSegments(wanted, path.split('/'));
}

function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  // reached[i]: the pattern until here takes the first i segments.
  let reached = path.map(() => false).concat(false);
  reached[0] = true;
  for (const segment of pattern) {
    const next = reached.map(() => false);
    for (let index = 0; index < reached.length; index += 1) {
      if (segment === '**')
        next[index] = (reached[index] ?? false) || (index > 0 && (next[index - 1] ?? false));
      else if (index > 0)
        next[index] = (reached[index - 1] ?? false) && matchesName(segment, path[index - 1] ?? '');
    }
    reached = next;
  }
  return reached.at(-1) ?? false;
}

/** Goes back to the last `*` alone: an earlier one can take nothing that the last could not. */
function matchesName(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let starAt = 0;
  let place = 0;
  while (at < name.length) {
    const wanted = pattern[place];
    if (wanted === '*') {
      star = place;
      starAt = at;
      place += 1;
    } else if (wanted !== undefined && (wanted === '?' || wanted === name[at])) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      place = star + 1;
      starAt += 1;
      at = starAt;
    } else return false;
  }
  while (pattern[place] === '*') place += 1;
  return place === pattern.length;
}
