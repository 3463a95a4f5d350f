import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';

/** A folder, which has children, or a file. */
export interface TreeNode {
  name: string;
  path: string;
  file?: VersionFile;
  children?: TreeNode[];
}

/** A row of the tree as it is shown: `depth` counts from 0. */
export interface TreeRow {
  node: TreeNode;
  depth: number;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Folders first, then by name, numbers by their value. */
function inOrder(a: TreeNode, b: TreeNode): number {
  return Number(Boolean(b.children)) - Number(Boolean(a.children)) || collator.compare(a.name, b.name);
}

/** The folders and files that the paths amount to. A folder exists by what lies in it. */
export function buildTree(files: readonly VersionFile[]): TreeNode[] {
  const folders = new Map<string, TreeNode[]>([['', []]]);
  const childrenOf = (folder: string): TreeNode[] => {
    const known = folders.get(folder);
    if (known) return known;
    const children: TreeNode[] = [];
    folders.set(folder, children);
    childrenOf(folderOf(folder)).push({ name: nameOf(folder), path: folder, children });
    return children;
  };
  for (const file of files)
    childrenOf(folderOf(file.path)).push({ name: nameOf(file.path), path: file.path, file });
  for (const children of folders.values()) children.sort(inOrder);
  return childrenOf('');
}

/** The rows in view: those whose folders are all open. */
export function visibleRows(tree: readonly TreeNode[], open: ReadonlySet<string>, depth = 0): TreeRow[] {
  return tree.flatMap((node) => [
    { node, depth },
    ...(node.children && open.has(node.path) ? visibleRows(node.children, open, depth + 1) : []),
  ]);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders that hold a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const folder = folderOf(path);
  return folder === '' ? [] : [...foldersAbove(folder), folder];
}

export type PathProblem = 'empty' | 'unsafe' | 'taken';

/**
 * Why a path cannot be given to a file: what the server would refuse, told while it is typed. `moved` is the file or folder that
 * gets the path, whose present place does not count.
 */
export function pathProblem(
  path: string,
  files: readonly VersionFile[],
  moved?: string,
): PathProblem | undefined {
  if (path.trim() === '') return 'empty';
  const segments = path.split('/');
  if (/[\\\0]/.test(path) || segments.some((part) => part.trim() === '' || part === '.' || part === '..'))
    return 'unsafe';
  if (moved !== undefined && path.startsWith(`${moved}/`)) return 'unsafe';
  const key = keyOf(path);
  const others = files.filter(
    (file) => moved === undefined || (file.path !== moved && !file.path.startsWith(`${moved}/`)),
  );
  const taken = others.some((file) => {
    const other = keyOf(file.path);
    return other === key || other.startsWith(`${key}/`) || key.startsWith(`${other}/`);
  });
  return taken ? 'taken' : undefined;
}

/** Names that differ in case or composition alone are one file on many machines. */
const keyOf = (path: string) => path.normalize('NFC').toLowerCase();
