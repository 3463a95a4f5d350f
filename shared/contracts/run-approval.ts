import { z } from 'zod';
import { actorSchema } from './actor';

/** A tool call that waits, or waited, for a person. */
export const runApprovalSchema = z.object({
  callId: z.string(),
  name: z.string(),
  input: z.unknown(),
  /** Null while nobody has decided. */
  approved: z.boolean().nullable(),
  note: z.string().nullable(),
  decidedBy: actorSchema.nullable(),
  requestedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});

/** Decisions about waiting calls; the run goes on when none is left to decide. */
export const runApprovalsCreateSchema = z.object({
  decisions: z
    .array(
      z.object({
        callId: z.string().min(1).max(200),
        approved: z.boolean(),
        /** The model is told it. */
        note: z.string().trim().max(4_000).optional(),
      }),
    )
    .min(1)
    .max(100),
});

export type RunApproval = z.infer<typeof runApprovalSchema>;
export type RunApprovalsCreate = z.infer<typeof runApprovalsCreateSchema>;
