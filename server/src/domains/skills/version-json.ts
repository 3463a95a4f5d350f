import type { Version, VersionDetail, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { VersionRecord } from '../versions';
import { isoTime } from './skill-json';
import type { SkillRecord } from './skill-record';

export function versionJson(version: VersionRecord, skill: SkillRecord): Version {
  return {
    id: version.id,
    skillId: version.skillId,
    number: version.number,
    parentId: version.parentId,
    digest: version.digest,
    label: version.label,
    note: version.note,
    state: version.frozenAt === null ? 'draft' : 'frozen',
    published: version.publishedAt !== null,
    isCurrent: version.id === skill.current.id,
    isPublished: version.id === skill.published?.id,
    usable: version.errorCount === 0,
    errorCount: version.errorCount,
    warningCount: version.warningCount,
    fileCount: version.fileCount,
    size: version.size,
    revision: version.revision,
    createdAt: isoTime(version.createdAt),
    createdBy: version.createdBy,
    updatedAt: isoTime(version.updatedAt),
    frozenAt: version.frozenAt === null ? null : isoTime(version.frozenAt),
    publishedAt: version.publishedAt === null ? null : isoTime(version.publishedAt),
  };
}

export function versionDetailJson(
  version: VersionRecord,
  skill: SkillRecord,
  files: VersionFile[],
): VersionDetail {
  return { ...versionJson(version, skill), files, metadata: version.metadata, findings: version.findings };
}
