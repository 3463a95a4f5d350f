import { sandboxFolders } from '../sandbox-folders';

/** What is kept: the rest belongs to the interpreter, and is made anew with it. */
const keptFolders = [sandboxFolders.work, '/tmp'];

export function isKept(path: string): boolean {
  return keptFolders.some((folder) => path.startsWith(`${folder}/`));
}
