import { z } from 'zod';
import { actorSchema } from './actor';

/** A word to an agent that works. */
export const runMessageCreateSchema = z.object({ text: z.string().trim().min(1).max(100_000) });

/** `takenAt`: when it entered the conversation; null while it waits for the agent's next step, and when the run ended before that. */
export const runMessageSchema = z.object({
  id: z.string(),
  text: z.string(),
  author: actorSchema,
  createdAt: z.iso.datetime(),
  takenAt: z.iso.datetime().nullable(),
});

export type RunMessageCreate = z.infer<typeof runMessageCreateSchema>;
export type RunMessage = z.infer<typeof runMessageSchema>;
