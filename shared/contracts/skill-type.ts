import { z } from 'zod';
import { connectionSummarySchema } from './connection';

/** A skill type that a connection offers. */
export const availableSkillTypeSchema = z.object({
  skillTypeId: z.string(),
  name: z.string(),
  description: z.string(),
  icon: z.string().nullable(),
  toolScopes: z.array(z.string()),
  connection: connectionSummarySchema,
});

/** A connection whose types could not be had; the others' are in the same answer. */
export const skillTypeFailureSchema = z.object({
  connection: connectionSummarySchema,
  error: z.object({ code: z.string(), message: z.string() }),
});

/** What `GET /skills/:alias/tool` answers: what an agent puts into its own request to the vendor. */
export const skillToolSchema = z.object({
  dialect: z.string(),
  /**
   * `native`: the vendor runs it. `function`: the agent calls it, by `POST …/runs` of this API, with the call's arguments as
   * `input` (or as `prompt`, where `inputSchema` has a `prompt` alone).
   */
  execution: z.enum(['native', 'function']),
  tools: z.array(z.record(z.string(), z.unknown())),
  /** Further members of the request's body. */
  request: z.record(z.string(), z.unknown()),
  /** Further headers. */
  headers: z.record(z.string(), z.string()),
});

export const toolDialects = ['openai', 'anthropic'] as const;

export type AvailableSkillType = z.infer<typeof availableSkillTypeSchema>;
export type SkillTypeFailure = z.infer<typeof skillTypeFailureSchema>;
export type SkillToolAnswer = z.infer<typeof skillToolSchema>;
export type ToolDialect = (typeof toolDialects)[number];
