import { z } from 'zod';
import { modelIdSchema } from './run';

/** What agent runs work with when neither the request nor the skill says so. */
export const agentDefaultsSchema = z.object({
  connection: z.object({ id: z.string(), name: z.string(), active: z.boolean() }).nullable(),
  /** Null leaves it to the connection. */
  model: z.string().nullable(),
});

/** `connection`: an id or alias. */
export const agentDefaultsSaveSchema = z.object({
  connection: z.string().min(1).max(100).nullable(),
  model: modelIdSchema.nullable(),
});

export type AgentDefaults = z.infer<typeof agentDefaultsSchema>;
export type AgentDefaultsSave = z.infer<typeof agentDefaultsSaveSchema>;
