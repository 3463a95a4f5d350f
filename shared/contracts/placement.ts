import { z } from 'zod';
import { actorSchema } from './actor';
import { connectionSummarySchema } from './connection';

export const placementStates = ['publishing', 'live', 'failed', 'withdrawing', 'missing'] as const;

/**
 * A version of a bundle that lives at a vendor. One content (`digest`) is uploaded once a connection, whatever versions of the skill
 * have it. `missing`: the vendor no longer has it.
 */
export const placementSchema = z.object({
  id: z.string(),
  skillId: z.string(),
  version: z.object({ id: z.string(), number: z.number().int() }),
  digest: z.string(),
  connection: connectionSummarySchema.nullable(),
  state: z.enum(placementStates),
  /** Null until the vendor has answered. */
  hostedId: z.string().nullable(),
  hostedVersion: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdBy: actorSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** Publishes a version (the current one unless told) to a connection with the feature `hosted-skills`. */
export const placementCreateSchema = z.object({
  connection: z.string().min(1),
  version: z.number().int().min(1).optional(),
});

export type PlacementState = (typeof placementStates)[number];
export type Placement = z.infer<typeof placementSchema>;
export type PlacementCreate = z.infer<typeof placementCreateSchema>;
