const junkFolders = new Set(['__MACOSX', '.git']);

/**
 * What operating systems and version control leave in folders and archives, and no author means to ship: macOS's
 * resource forks and folder settings, and `.git` (which, unpacked, could run hooks).
 */
export function isJunk(path: string): boolean {
  const segments = path.split('/');
  return segments.some((segment) => junkFolders.has(segment)) || segments.at(-1) === '.DS_Store';
}
