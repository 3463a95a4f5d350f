import { z } from 'zod';
import { actorSchema } from './actor';
import { findingSchema } from './finding';
import { skillMetadataSchema } from './skill-metadata';

/** A file of a version. `path` is relative, with `/`; `digest` is SHA-256 in hex; `size` is in bytes. */
export const versionFileSchema = z.object({
  path: z.string(),
  digest: z.string(),
  size: z.number().int(),
  executable: z.boolean(),
});

/** A version as lists show it. `digest` is the manifest's digest: the identity of the content, and its ETag. */
export const versionSchema = z.object({
  id: z.string(),
  skillId: z.string(),
  number: z.number().int(),
  parentId: z.string().nullable(),
  digest: z.string(),
  /** The `version` in the frontmatter: a label for people. */
  label: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(['draft', 'frozen']),
  /** True once it has ever been published; such versions may be asked for by number. */
  published: z.boolean(),
  isCurrent: z.boolean(),
  isPublished: z.boolean(),
  usable: z.boolean(),
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  fileCount: z.number().int(),
  size: z.number().int(),
  revision: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: actorSchema,
  updatedAt: z.iso.datetime(),
  frozenAt: z.iso.datetime().nullable(),
  publishedAt: z.iso.datetime().nullable(),
});

/** A version opened: with its files, what its frontmatter says, and what validation found. */
export const versionDetailSchema = versionSchema.extend({
  files: z.array(versionFileSchema),
  metadata: skillMetadataSchema,
  findings: z.array(findingSchema),
});

export type VersionFile = z.infer<typeof versionFileSchema>;
export type Version = z.infer<typeof versionSchema>;
export type VersionDetail = z.infer<typeof versionDetailSchema>;
