import { z } from 'zod';

/** Stable name of a tool scope: `content-read`, `web`. */
export const toolScopeIdSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lowercase letters, digits and single hyphens between them.');

/** A named group of what tools may touch. `source` is `built-in`, `config`, or the plugin that registered it. */
export const toolScopeSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  source: z.string(),
});

/** Whom a limit binds: a content-API token, or a role of users-permissions. */
export const scopeSubjectTypes = ['api-token', 'role'] as const;

/**
 * The scopes that a token or role is limited to: it sees and runs only skills that have scopes, all of them among these. `scopes` is null
 * where there is no limit. `id` is the documentId.
 */
export const scopeLimitSchema = z.object({
  subject: z.object({ type: z.enum(scopeSubjectTypes), id: z.string(), name: z.string() }),
  scopes: z.array(z.string()).nullable(),
});

export const scopeLimitUpdateSchema = z.object({
  scopes: z.array(toolScopeIdSchema).max(200).nullable(),
});

export type ToolScope = z.infer<typeof toolScopeSchema>;
export type ScopeSubjectType = (typeof scopeSubjectTypes)[number];
export type ScopeLimit = z.infer<typeof scopeLimitSchema>;
