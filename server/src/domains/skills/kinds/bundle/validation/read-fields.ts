import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { ContentToValidate } from '../../kind';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import { readAllowedTools } from './allowed-tools-rule';
import type { Report } from './diagnosis';
import { readMetadata } from './metadata-rules';
import { readName } from './name-rule';
import { readPorts } from './port-rules';
import { readCompatibility, readDescription, readLicense } from './prose-rules';
import { readAllowNetwork, readEntrypoint, readTags, readVersionLabel } from './run-rules';

/** What the frontmatter says, field by field; what is wrong with a field goes into the report. */
export function readFields(
  frontmatter: Frontmatter,
  report: Report,
  content: Pick<ContentToValidate, 'folder' | 'paths'>,
): SkillMetadata {
  return compact({
    name: readName(frontmatter, report, content.folder),
    description: readDescription(frontmatter, report),
    license: readLicense(frontmatter, report),
    compatibility: readCompatibility(frontmatter, report),
    metadata: readMetadata(frontmatter, report),
    allowedTools: readAllowedTools(frontmatter, report),
    version: readVersionLabel(frontmatter, report),
    entrypoint: readEntrypoint(frontmatter, report, content.paths),
    inputs: readPorts(frontmatter, report, 'inputs'),
    outputs: readPorts(frontmatter, report, 'outputs'),
    tags: readTags(frontmatter, report),
    allowNetwork: readAllowNetwork(frontmatter, report),
  });
}

/** Without the fields that are undefined: JSON has none, and metadata is compared with what was stored. */
function compact(metadata: SkillMetadata): SkillMetadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
