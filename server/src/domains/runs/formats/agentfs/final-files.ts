import type { RunChange, VersionFile } from 'strapi-plugin-skills-shared/contracts';

export type FinalFile = Pick<VersionFile, 'path' | 'digest' | 'executable'>;

/** The skill's files as a run left them: the version's, and what the run changed in them. */
export function finalFiles(version: readonly VersionFile[], changes: readonly RunChange[]): FinalFile[] {
  const files = new Map<string, FinalFile>(version.map((file) => [file.path, file]));
  for (const { path, after } of changes) {
    if (after) files.set(path, { path, digest: after.digest, executable: after.executable });
    else files.delete(path);
  }
  return [...files.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}
