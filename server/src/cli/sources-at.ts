import { stat } from 'node:fs/promises';
import { findSkillFolders, type BundleSource } from '../domains/skills/kinds/bundle';
import { CommandError } from './command-error';

/**
 * What lies at a path: an archive, a skill's folder, or every skill's folder of a tree. A folder without any `SKILL.md` is
 * handed on as it is, since its refusal says what is missing.
 */
export async function sourcesAt(given: string): Promise<{ source: BundleSource; name: string }[]> {
  const found = await stat(given).catch(() => undefined);
  if (!found) throw new CommandError(`There is nothing at ${given}.`);
  if (!found.isDirectory()) return [{ source: { archive: given }, name: given }];
  const folders = await findSkillFolders(given);
  return (folders.length > 0 ? folders : [given]).map((folder) => ({ source: { folder }, name: folder }));
}
