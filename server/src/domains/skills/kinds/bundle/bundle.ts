/** A file of a bundle, held in memory: a bundle is at most as large as the configured limits allow. */
export interface BundleFile {
  /** Relative to the bundle's folder, with `/`. */
  path: string;
  content: Buffer;
  executable: boolean;
}

/** One skill's folder. `folder` is its own name, or null when the files lay at the root of what was read. */
export interface Bundle {
  folder: string | null;
  files: BundleFile[];
}

/** The files of several folders before they are told apart: paths are relative to the root of what was read. */
export type FileTree = readonly BundleFile[];

/** The name that the file with the instructions must have; other casings are read and can be repaired. */
export const skillFileName = 'SKILL.md';

/** The path at the bundle's root that is its `SKILL.md`, in any casing; the right casing wins. */
export function findSkillFile(paths: readonly string[]): string | undefined {
  if (paths.includes(skillFileName)) return skillFileName;
  return paths.find(isSkillFile);
}

/** Whether a file's bare name is `SKILL.md` in some casing. */
export function isSkillFile(name: string): boolean {
  return name.toLowerCase() === 'skill.md';
}
