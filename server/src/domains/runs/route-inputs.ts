import { z } from 'zod';

/** `id`: a run's id; on the routes below a skill, its documentId or alias. */
export const runParamsSchema = z.object({ id: z.string() });
export const aliasParamsSchema = z.object({ alias: z.string() });
export const fileParamsSchema = z.object({ id: z.string(), name: z.string() });

/** `ai-sdk`: the AI SDK's UI message stream, whatever the request's `Accept` says. */
export const streamFormatSchema = z.enum(['ai-sdk']).optional();

/** The databases' integers end here, and PostgreSQL refuses to compare one with more. */
const largestSeq = 2_147_483_647;

/**
 * A page of events after the number `after`: the first ones, or with `before` the last ones before that number (`end`: the newest that
 * there are). Either way they come in order. `Last-Event-ID`, which a stream is resumed by, goes before `after`; streams know no `before`.
 */
export const eventsQuerySchema = z.object({
  format: streamFormatSchema,
  after: z.coerce.number().int().min(0).max(largestSeq).default(0),
  before: z.union([z.literal('end'), z.coerce.number().int().min(1).max(largestSeq)]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
