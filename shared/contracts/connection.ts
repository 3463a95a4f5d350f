import { z } from 'zod';
import { actorSchema } from './actor';
import { pageQuerySchema } from './page';
import { providerCapabilitySchema } from './provider';

/** A connection's alias; unique, whatever the case. */
export const connectionAliasSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/,
    'Use letters, digits and single hyphens or underscores between them.',
  );

/** Where a secret comes from. Its value is never answered. */
export const secretStateSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('none') }),
  z.object({ source: z.literal('stored') }),
  /** `present`: whether the server has that variable now. */
  z.object({ source: z.literal('environment'), variable: z.string(), present: z.boolean() }),
]);

/** The last outcome of *Test connection*. `code` is a `ProviderError` code or a code of ours. */
export const connectionTestSchema = z.object({
  ok: z.boolean(),
  code: z.string().nullable(),
  message: z.string(),
  durationMs: z.number().int(),
  at: z.iso.datetime(),
});

/** A connection: an installed provider with settings. `settings` lacks the secrets, whose states stand in `secrets` by field. */
export const connectionSchema = z.object({
  id: z.string(),
  alias: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** `installed` is false when the adapter is gone: the connection is readable, and cannot be used. */
  provider: z.object({
    id: z.string(),
    displayName: z.string(),
    icon: z.string().nullable(),
    installed: z.boolean(),
  }),
  capabilities: z.array(providerCapabilitySchema),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), secretStateSchema),
  lastTest: connectionTestSchema.nullable(),
  revision: z.number().int(),
  createdBy: actorSchema.nullable(),
  updatedBy: actorSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** A connection in a few words, for lists of other things that name it. */
export const connectionSummarySchema = connectionSchema.pick({
  id: true,
  alias: true,
  name: true,
  active: true,
  provider: true,
});

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const connectionListQuerySchema = pageQuerySchema.extend({
  sort: z
    .string()
    .regex(/^(name|provider|createdAt|updatedAt)(:(asc|desc))?$/i)
    .default('name:asc'),
  /** Words looked for in name and alias. */
  _q: z.string().max(200).optional(),
  provider: z.string().optional(),
  active: flag.optional(),
  /** Only those whose provider has this capability, or this feature in any capability. */
  capability: z.string().optional(),
  feature: z.string().optional(),
});

/**
 * A secret field of `settings` is a text, `{ env: NAME }` for a variable that the plugin's config allows, or null to clear it.
 * In an update, a secret that is left out is kept; the other settings are replaced as a whole when `settings` is there.
 */
export const connectionSettingsSchema = z.record(z.string(), z.unknown());

export const connectionCreateSchema = z.object({
  name: z.string().trim().min(1).max(255),
  /** Made from the name when absent. */
  alias: connectionAliasSchema.optional(),
  provider: z.string().min(1).max(64),
  settings: connectionSettingsSchema.default({}),
  active: z.boolean().default(true),
});

export const connectionUpdateSchema = z.object({
  revision: z.number().int(),
  name: z.string().trim().min(1).max(255).optional(),
  alias: connectionAliasSchema.optional(),
  settings: connectionSettingsSchema.optional(),
  active: z.boolean().optional(),
});

/** Settings to try before they are saved; with `connection`, secrets that are left out are that connection's. */
export const connectionTrialSchema = z.object({
  provider: z.string().min(1).max(64),
  settings: connectionSettingsSchema.default({}),
  connection: z.string().optional(),
});

/** Something that uses a connection. `kind` is its domain's word (`skill`, `placement`); `path` leads to it in the panel. */
export const connectionUserSchema = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  path: z.string().nullable(),
});

/** A model that a connection offers. `unknown` prices are null. US dollars a million tokens. */
export const connectionModelSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  contextTokens: z.number().int().nullable(),
  price: z.object({ input: z.number(), output: z.number() }).nullable(),
});

export type SecretState = z.infer<typeof secretStateSchema>;
export type ConnectionTestResult = z.infer<typeof connectionTestSchema>;
export type Connection = z.infer<typeof connectionSchema>;
export type ConnectionSummary = z.infer<typeof connectionSummarySchema>;
export type ConnectionListQuery = z.infer<typeof connectionListQuerySchema>;
export type ConnectionCreate = z.infer<typeof connectionCreateSchema>;
export type ConnectionUpdate = z.infer<typeof connectionUpdateSchema>;
export type ConnectionTrial = z.infer<typeof connectionTrialSchema>;
export type ConnectionUser = z.infer<typeof connectionUserSchema>;
export type ConnectionModel = z.infer<typeof connectionModelSchema>;
