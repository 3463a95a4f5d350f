import { z } from 'zod';

/** A capability of an installed provider with the features it has. `known`: whether this plugin's contract knows the id. */
export const providerCapabilitySchema = z.object({
  id: z.string(),
  known: z.boolean(),
  features: z.array(z.object({ id: z.string(), known: z.boolean() })),
});

/** Why an adapter that is installed is not used. `code` is stable; `message` is a sentence for a person. */
export const providerRejectionSchema = z.object({
  code: z.enum([
    'disabled',
    'no-manifest',
    'load-failed',
    'no-provider',
    'wrong-specification-version',
    'invalid-definition',
    'duplicate-id',
  ]),
  message: z.string(),
});

/**
 * A package of the app that says it is an adapter. `id`, `displayName` and what follows from the definition are null for one that
 * could not be loaded. `settingsSchema` is the JSON Schema of a connection's settings (draft 2020-12), which draws their form.
 */
export const installedProviderSchema = z.object({
  package: z.string(),
  packageVersion: z.string(),
  state: z.enum(['loaded', 'disabled', 'rejected']),
  rejection: providerRejectionSchema.nullable(),
  specificationVersion: z.number().nullable(),
  id: z.string().nullable(),
  displayName: z.string().nullable(),
  description: z.string().nullable(),
  icon: z.string().nullable(),
  capabilities: z.array(providerCapabilitySchema),
  settingsSchema: z.record(z.string(), z.unknown()).nullable(),
});

export type ProviderCapability = z.infer<typeof providerCapabilitySchema>;
export type ProviderRejection = z.infer<typeof providerRejectionSchema>;
export type InstalledProvider = z.infer<typeof installedProviderSchema>;
