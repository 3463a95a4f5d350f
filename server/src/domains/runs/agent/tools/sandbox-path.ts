import { posix } from 'node:path';
import { sandboxFolders } from '../../../../platform/sandbox';

/** The absolute path that a model means: relative ones begin in the skill's folder. Undefined for what lies outside of `/work`. */
export function sandboxPath(path: string): string | undefined {
  if (path.includes('\0')) return undefined;
  const absolute = posix.resolve(sandboxFolders.skill, path);
  return absolute === sandboxFolders.work || absolute.startsWith(`${sandboxFolders.work}/`)
    ? absolute
    : undefined;
}

/** The same of a file, which the folders themselves are not. */
export function sandboxFilePath(path: string): string | undefined {
  const absolute = sandboxPath(path);
  return absolute === sandboxFolders.work ? undefined : absolute;
}

export const outside = (path: string): string =>
  `"path" must lie below ${sandboxFolders.work}: "${path}" does not.`;
