import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { ContentToValidate } from '../../kind';
import { findSkillFile, skillFileName } from '../bundle';
import { setField } from '../frontmatter/edit-field';
import { readFrontmatter, type Frontmatter } from '../frontmatter/read-frontmatter';
import { createReport, type Diagnosis, type Report } from './diagnosis';
import { checkForm, checkFrontmatter } from './form-rules';
import { checkDuplicates, checkUnknownFields } from './metadata-rules';
import { isAlias, toAlias } from './name-rule';
import { checkBody } from './prose-rules';
import { readFields } from './read-fields';

export interface BundleDiagnosis {
  /** The path of the `SKILL.md` as it is spelled, if there is one. */
  file: string | undefined;
  diagnoses: Diagnosis[];
  metadata: SkillMetadata;
}

/**
 * All that is wrong with a bundle, and what its frontmatter says. Errors are: no `SKILL.md`, no frontmatter that can be read, no
 * name, no description. Everything else is a warning.
 */
export async function diagnoseBundle(content: ContentToValidate): Promise<BundleDiagnosis> {
  const file = findSkillFile(content.paths);
  if (file === undefined) {
    const report = createReport(skillFileName, '');
    report.add({
      severity: 'error',
      code: 'skill-file-missing',
      message: 'There is no SKILL.md in the folder.',
    });
    return { file, diagnoses: report.diagnoses, metadata: {} };
  }
  const frontmatter = readFrontmatter(await content.read(file));
  const report = createReport(file, frontmatter.document.text);
  if (file !== skillFileName) {
    report.add({
      severity: 'warning',
      code: 'skill-file-casing',
      message: `The file "${file}" must be named SKILL.md.`,
      repair: { text: 'Rename it to SKILL.md', renameTo: skillFileName },
    });
  }
  const metadata = diagnoseFrontmatter(frontmatter, report, content);
  return { file, diagnoses: report.diagnoses, metadata };
}

function diagnoseFrontmatter(
  frontmatter: Frontmatter,
  report: Report,
  content: ContentToValidate,
): SkillMetadata {
  const { folder } = content;
  const name = isAlias(folder) ? folder : (toAlias(folder) ?? 'skill');
  checkForm(frontmatter, report);
  checkFrontmatter(frontmatter, report, (text) => setField(text, ['name'], name));
  if (frontmatter.state === 'missing' || frontmatter.state === 'unreadable') return {};
  const metadata = readFields(frontmatter, report, content);
  checkUnknownFields(frontmatter, report);
  checkDuplicates(frontmatter, report);
  checkBody(frontmatter, report);
  return metadata;
}
