import { z } from 'zod';

/** `id`: a run's id; on the routes below a skill, its documentId or alias. */
export const runParamsSchema = z.object({ id: z.string() });
export const aliasParamsSchema = z.object({ alias: z.string() });
export const fileParamsSchema = z.object({ id: z.string(), name: z.string() });

/** A page of events after the number `after`. `Last-Event-ID`, which a stream is resumed by, goes before it. */
export const eventsQuerySchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
