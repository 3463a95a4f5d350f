import { actorSchema, findingSchema, skillMetadataSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { numberOrNull } from '../../platform/database';
import type { DescribedContent } from './content';
import type { VersionRecord } from './versions-service';

/** A row of `skills_versions`. Node-pg and mysql2 answer bigints as strings. */
export interface VersionRow {
  id: string;
  skill_id: string;
  number: number;
  parent_id: string | null;
  digest: string;
  label: string | null;
  note: string | null;
  metadata: string;
  findings: string;
  error_count: number;
  warning_count: number;
  file_count: number;
  size: number | string;
  revision: number;
  /** Set while the version is a draft: unique, so that a parent has one draft child at most. */
  draft_key: string | null;
  created_at: number | string;
  created_by: string;
  updated_at: number | string;
  frozen_at: number | string | null;
  published_at: number | string | null;
  published_by: string | null;
}

const findingsSchema = z.array(findingSchema);

export function recordOf(row: VersionRow): VersionRecord {
  return {
    id: row.id,
    skillId: row.skill_id,
    number: row.number,
    parentId: row.parent_id,
    digest: row.digest,
    label: row.label,
    note: row.note,
    metadata: skillMetadataSchema.parse(JSON.parse(row.metadata)),
    findings: findingsSchema.parse(JSON.parse(row.findings)),
    errorCount: row.error_count,
    warningCount: row.warning_count,
    fileCount: row.file_count,
    size: Number(row.size),
    revision: row.revision,
    createdAt: Number(row.created_at),
    createdBy: actorSchema.parse(JSON.parse(row.created_by)),
    updatedAt: Number(row.updated_at),
    frozenAt: numberOrNull(row.frozen_at),
    publishedAt: numberOrNull(row.published_at),
  };
}

/** What a draft has until it is frozen: no two drafts of one skill may have the same parent. */
export function draftKeyOf(skillId: string, parentId: string | null): string {
  return `${skillId}:${parentId ?? ''}`;
}

/** The columns that an edit of a draft replaces. */
export function columnsOf({ manifest, findings, metadata }: DescribedContent) {
  return {
    digest: manifest.digest,
    label: metadata.version === undefined ? null : withoutNul(metadata.version),
    metadata: JSON.stringify(metadata),
    findings: JSON.stringify(findings),
    error_count: findings.filter((finding) => finding.severity === 'error').length,
    warning_count: findings.filter((finding) => finding.severity === 'warning').length,
    file_count: manifest.files.length,
    size: manifest.size,
  };
}

/** PostgreSQL's text holds every character but this one. */
export function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}
