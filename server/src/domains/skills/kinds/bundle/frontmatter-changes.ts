import type { FileChange } from '../../../versions';
import type { ContentToValidate } from '../kind';
import { findSkillFile, skillFileName } from './bundle';
import { editFrontmatter, type FrontmatterValues } from './frontmatter-values';

/** The change to a bundle that sets these values in its `SKILL.md`, which is made when there is none. */
export async function frontmatterChanges(
  content: Pick<ContentToValidate, 'paths' | 'read'>,
  values: FrontmatterValues,
): Promise<FileChange[]> {
  const file = findSkillFile(content.paths);
  const source = file === undefined ? '' : await content.read(file);
  return [{ type: 'put', path: file ?? skillFileName, content: editFrontmatter(source, values) }];
}
