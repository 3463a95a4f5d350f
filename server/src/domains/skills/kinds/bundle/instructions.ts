import type { ContentToValidate } from '../kind';
import { findSkillFile } from './bundle';
import { encodeLossless } from './frontmatter/lossless-text';
import { openDocument } from './frontmatter/skill-document';

/** What the `SKILL.md` says below its frontmatter: the text that an agent follows. Empty when there is no such file. */
export async function readInstructions(content: Pick<ContentToValidate, 'paths' | 'read'>): Promise<string> {
  const file = findSkillFile(content.paths);
  if (file === undefined) return '';
  const { text, bodyStart } = openDocument(await content.read(file));
  return encodeLossless(text.slice(bodyStart)).toString('utf8');
}
