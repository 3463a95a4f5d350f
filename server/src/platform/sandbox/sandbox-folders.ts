/** Where a run's files lie inside every sandbox, whatever it is made of. */
export const sandboxFolders = {
  work: '/work',
  skill: '/work/skill',
  input: '/work/input',
  output: '/work/output',
  /** `$HOME`: what is installed there is a skill's image. */
  home: '/work/home',
} as const;

/**
 * The names that lead from `/work` to `path`. Throws `RangeError` for whatever is not an absolute path below `/work`, so that
 * no implementation has to decide again what lies outside.
 */
export function namesBelowWork(path: string): string[] {
  const names = path === sandboxFolders.work ? [] : namesFromWork(path);
  if (names.length === 0) throw outside(path);
  return names;
}

/** The same, with no names for `/work` itself. */
export function namesFromWork(path: string): string[] {
  if (path === sandboxFolders.work) return [];
  const [root, ...names] = path.split('/').slice(1);
  const plain = names.every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0'));
  if (!path.startsWith('/') || root !== 'work' || names.length === 0 || !plain) throw outside(path);
  return names;
}

function outside(path: string): RangeError {
  return new RangeError(`"${path}" does not lie in the sandbox's ${sandboxFolders.work} folder.`);
}
