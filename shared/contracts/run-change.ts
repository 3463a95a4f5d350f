import { z } from 'zod';
import { actorSchema } from './actor';
import { changeDecisions } from './run';

/** A file of the skill that an agent's run left otherwise than it found it. Digests are SHA-256; `before` is null of an added file. */
export const runChangeSchema = z.object({
  path: z.string(),
  change: z.enum(['added', 'modified', 'removed']),
  before: z.object({ digest: z.string(), size: z.number().int() }).nullable(),
  after: z.object({ digest: z.string(), size: z.number().int(), executable: z.boolean() }).nullable(),
});

export const runChangesSchema = z.object({
  changes: z.array(runChangeSchema),
  decision: z
    .object({
      decision: z.enum(changeDecisions),
      /** Those of the changes that were taken. */
      paths: z.array(z.string()),
      /** The version that holds them. */
      version: z.object({ id: z.string(), number: z.number().int() }).nullable(),
      by: actorSchema,
      at: z.iso.datetime(),
    })
    .nullable(),
});

/** `paths`: which changes to take; all when absent. It is decided once. */
export const runChangeDecisionSchema = z.object({
  decision: z.enum(['take', 'drop']),
  paths: z.array(z.string()).min(1).max(10_000).optional(),
});

export type RunChange = z.infer<typeof runChangeSchema>;
export type RunChanges = z.infer<typeof runChangesSchema>;
export type RunChangeDecision = z.infer<typeof runChangeDecisionSchema>;
