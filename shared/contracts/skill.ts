import { z } from 'zod';
import { actorSchema } from './actor';
import { agentDefaultsSaveSchema } from './agent-defaults';
import { connectionSummarySchema } from './connection';
import { pageQuerySchema } from './page';
import { runStatusSchema } from './run';
import { providerBindingSchema, skillMetadataSchema } from './skill-metadata';
import { toolScopeIdSchema } from './tool-scope';
import { versionFileSchema } from './version';

export const skillVisibilities = ['user', 'org'] as const;

/** A skill's alias: how agents and URLs name it. The rule is the Agent Skills specification's for `name`. */
export const aliasSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lowercase letters, digits and single hyphens between them.');

/** A provider skill's alias: up to 100 characters, unique and looked up whatever the case. */
export const providerSkillAliasSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/,
    'Use letters, digits and single hyphens or underscores between them.',
  );

/**
 * A skill as the backoffice lists it. `user` visibility: its owner alone sees it (and who may see private skills);
 * `org`: everyone in this installation. Agents are served active, published skills of `org` visibility.
 */
export const skillSchema = z.object({
  id: z.string(),
  alias: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.string(),
  active: z.boolean(),
  archived: z.boolean(),
  visibility: z.enum(skillVisibilities),
  owner: actorSchema.nullable(),
  tags: z.array(z.string()),
  category: z.string().nullable(),
  /** Ids of tool scopes: what tokens and roles may be limited to. */
  toolScopes: z.array(z.string()),
  /** Of provider skills alone: what the current version is bound to. `connection` is null when there is no such connection. */
  binding: z
    .object({
      skillTypeId: z.string(),
      skillTypeName: z.string(),
      providerId: z.string(),
      connection: connectionSummarySchema.nullable(),
    })
    .nullable(),
  /** `draft`: never published. `modified`: the current version differs from the published one. */
  /** What its agent runs work with when they are told nothing else. */
  agent: z.object({ connection: connectionSummarySchema.nullable(), model: z.string().nullable() }),
  status: z.enum(['draft', 'published', 'modified']),
  usable: z.boolean(),
  currentVersion: z.object({ id: z.string(), number: z.number().int(), label: z.string().nullable() }),
  publishedVersion: z
    .object({ id: z.string(), number: z.number().int(), label: z.string().nullable() })
    .nullable(),
  lastRun: z.object({ id: z.string(), status: runStatusSchema, at: z.iso.datetime() }).nullable(),
  revision: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The backoffice's list of skills: what it can be narrowed and sorted by. */
export const skillListQuerySchema = pageQuerySchema.extend({
  sort: z
    .enum(['name', 'kind', 'status', 'lastRunAt', 'createdAt', 'updatedAt'])
    .or(z.string().regex(/^(name|kind|status|lastRunAt|createdAt|updatedAt):(asc|desc)$/i))
    .default('updatedAt:desc'),
  /** Words looked for in name, alias and description. */
  _q: z.string().max(200).optional(),
  kind: z.string().optional(),
  status: z.enum(['draft', 'published', 'modified']).optional(),
  active: flag.optional(),
  archived: flag.default(false),
  visibility: z.enum(skillVisibilities).optional(),
  owner: z.string().optional(),
  tag: z.string().optional(),
  category: z.string().optional(),
  /** A skill type's id. */
  skillType: z.string().optional(),
  /** A connection's id. */
  connection: z.string().optional(),
  toolScope: z.string().optional(),
});

/** A blank bundle. */
export const bundleCreateSchema = z.object({
  // Optional inside its default: only so does the union below know that a body without a kind is a bundle's.
  kind: z.literal('bundle').optional().default('bundle'),
  name: z.string().trim().min(1).max(255),
  alias: aliasSchema.optional(),
  description: z.string().trim().min(1).max(1024),
  visibility: z.enum(skillVisibilities).default('org'),
});

/** What both creating and saving a provider skill say. The settings fit the skill type's schema. */
const providerSkillFields = {
  name: z.string().trim().min(1).max(255),
  description: z.string().trim().max(2000).default(''),
  /** A connection's id or alias. */
  connection: z.string().min(1),
  settings: z.record(z.string(), z.unknown()).default({}),
  toolScopes: z.array(toolScopeIdSchema).max(50).default([]),
  active: z.boolean().default(true),
  /** Serves it to agents at once. */
  publish: z.boolean().default(false),
};

export const providerSkillCreateSchema = z.object({
  kind: z.literal('provider'),
  ...providerSkillFields,
  /** Made from the name when absent. */
  alias: providerSkillAliasSchema.optional(),
  visibility: z.enum(skillVisibilities).default('org'),
  skillType: z.string().min(1).max(100),
});

/** Saving a provider skill as a whole: `revision` is the skill's, `version` the one that was open. The skill type is fixed. */
export const providerSkillSaveSchema = z.object({
  ...providerSkillFields,
  alias: providerSkillAliasSchema,
  revision: z.number().int(),
  version: z.object({ id: z.string(), revision: z.number().int() }),
  note: z.string().trim().max(2000).optional(),
});

export const skillCreateSchema = z.discriminatedUnion('kind', [
  providerSkillCreateSchema,
  bundleCreateSchema,
]);

export const skillUpdateSchema = z.object({
  revision: z.number().int(),
  name: z.string().trim().min(1).max(255).optional(),
  alias: aliasSchema.optional(),
  visibility: z.enum(skillVisibilities).optional(),
  active: z.boolean().optional(),
  tags: z.array(z.string().trim().min(1).max(64)).max(50).optional(),
  category: z.string().trim().max(64).nullable().optional(),
  toolScopes: z.array(toolScopeIdSchema).max(50).optional(),
  /** Of bundles: `connection` is an id or alias. */
  agent: agentDefaultsSaveSchema.optional(),
});

/** What agents see in a list: enough to choose by, no instructions. */
export const publishedSkillSchema = z.object({
  alias: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.string(),
  tags: z.array(z.string()),
  category: z.string().nullable(),
  toolScopes: z.array(z.string()),
  version: z.object({ number: z.number().int(), label: z.string().nullable(), digest: z.string() }),
  updatedAt: z.iso.datetime(),
});

/** A skill as an agent uses it: with its instructions and the list of its files. */
export const publishedSkillDetailSchema = publishedSkillSchema.extend({
  /** The text of `SKILL.md` below its frontmatter; of a provider skill, what it does. */
  instructions: z.string(),
  /** Over which connection a provider skill works is not its callers' business. */
  metadata: skillMetadataSchema.extend({
    provider: providerBindingSchema.omit({ connectionId: true }).optional(),
  }),
  /** JSON Schema of a run's `input`; input files travel beside it. */
  inputSchema: z.record(z.string(), z.unknown()),
  /** Of kinds that are written as files. */
  files: z.array(versionFileSchema),
});

/** The agents' list: what it can be narrowed and sorted by. `_q` is `q` in Strapi's own word. */
export const publishedSkillListQuerySchema = pageQuerySchema.extend({
  sort: z
    .enum(['name', 'kind', 'updatedAt'])
    .or(z.string().regex(/^(name|kind|updatedAt):(asc|desc)$/i))
    .default('updatedAt:desc'),
  q: z.string().max(200).optional(),
  _q: z.string().max(200).optional(),
  kind: z.string().optional(),
  tag: z.string().optional(),
  category: z.string().optional(),
});

export type SkillVisibility = (typeof skillVisibilities)[number];
export type Skill = z.infer<typeof skillSchema>;
export type SkillListQuery = z.infer<typeof skillListQuerySchema>;
export type BundleCreate = z.infer<typeof bundleCreateSchema>;
export type ProviderSkillCreate = z.infer<typeof providerSkillCreateSchema>;
export type ProviderSkillSave = z.infer<typeof providerSkillSaveSchema>;
export type SkillCreate = z.infer<typeof skillCreateSchema>;
export type SkillUpdate = z.infer<typeof skillUpdateSchema>;
export type PublishedSkill = z.infer<typeof publishedSkillSchema>;
export type PublishedSkillDetail = z.infer<typeof publishedSkillDetailSchema>;
export type PublishedSkillListQuery = z.infer<typeof publishedSkillListQuerySchema>;
