import { z } from 'zod';
import { actorSchema } from './actor';
import { pageQuerySchema } from './page';

/** A skill's runs that belong together for people. Threads share nothing: a run knows nothing of the others in its thread. */
export const threadSchema = z.object({
  id: z.string(),
  skillId: z.string(),
  name: z.string(),
  createdBy: actorSchema,
  runCount: z.number().int(),
  /** Runs that are queued, running or waiting. */
  activeRuns: z.number().int(),
  createdAt: z.iso.datetime(),
  /** Of the last run in it, else when it was made. */
  activeAt: z.iso.datetime(),
});

export const threadWriteSchema = z.object({ name: z.string().trim().min(1).max(255) });
export const threadListQuerySchema = pageQuerySchema;

export type Thread = z.infer<typeof threadSchema>;
export type ThreadWrite = z.infer<typeof threadWriteSchema>;
