import { z } from 'zod';

/**
 * A declared input or output of a bundle. `name` is the key in the input or output JSON; a `file` travels in the run's
 * input or output folder instead. open-skills allows a declaration without a name; it then names nothing and is shown by
 * its type alone.
 */
export const portTypes = [
  'string',
  'text',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'json',
  'file',
] as const;

export const portSchema = z.object({
  name: z.string().optional(),
  type: z.enum(portTypes),
  description: z.string().optional(),
  required: z.boolean().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** For `file`: a MIME type, or a pattern such as `image/*`. */
  mime: z.string().optional(),
  /** For `file`: bytes at most. */
  maxSize: z.number().int().positive().optional(),
});

/**
 * What a provider skill is bound to: a skill type of a connection's provider, and its settings, which never hold secrets. The names are
 * kept for when the connection or the adapter is gone.
 */
export const providerBindingSchema = z.object({
  connectionId: z.string(),
  providerId: z.string(),
  skillTypeId: z.string(),
  skillTypeName: z.string(),
  settings: z.record(z.string(), z.unknown()),
});

/**
 * What the frontmatter of a `SKILL.md` says, after reading: the Agent Skills specification's fields, and those of
 * open-skills (which may stand at top level or under `metadata`). Fields that could not be read are absent; the findings
 * say why. Source: https://agentskills.io/specification
 */
export const skillMetadataSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  license: z.string().optional(),
  compatibility: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  allowedTools: z.array(z.string()).optional(),
  /** A label for people; it is not the version's number. */
  version: z.string().optional(),
  entrypoint: z.string().optional(),
  inputs: z.array(portSchema).optional(),
  outputs: z.array(portSchema).optional(),
  tags: z.array(z.string()).optional(),
  allowNetwork: z.boolean().optional(),
  /** Of provider skills alone. */
  provider: providerBindingSchema.optional(),
});

export type PortType = (typeof portTypes)[number];
export type Port = z.infer<typeof portSchema>;
export type ProviderBinding = z.infer<typeof providerBindingSchema>;
export type SkillMetadata = z.infer<typeof skillMetadataSchema>;
