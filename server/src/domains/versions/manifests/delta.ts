import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';

/** What became of one path. `file` is null where it was removed. */
export interface Change {
  path: string;
  file: VersionFile | null;
}

/** The changes that lead from one list of files to another. */
export function changesBetween(from: readonly VersionFile[], to: readonly VersionFile[]): Change[] {
  const before = new Map(from.map((file) => [file.path, file]));
  const after = new Set(to.map((file) => file.path));
  return [
    ...to.filter((file) => !isSame(before.get(file.path), file)).map((file) => ({ path: file.path, file })),
    ...from.filter((file) => !after.has(file.path)).map((file) => ({ path: file.path, file: null })),
  ];
}

/** The files after the changes, in no order. */
export function applyChanges(files: readonly VersionFile[], changes: readonly Change[]): VersionFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const { path, file } of changes) {
    if (file) byPath.set(path, file);
    else byPath.delete(path);
  }
  return [...byPath.values()];
}

export function isSame(a: VersionFile | undefined, b: VersionFile | undefined): boolean {
  return a?.digest === b?.digest && a?.executable === b?.executable;
}
