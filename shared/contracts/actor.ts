import { z } from 'zod';

/** Who did something: a person, a token, or a command line on the server. */
export const actorTypes = ['admin-user', 'admin-token', 'api-token', 'user', 'public', 'command'] as const;

/**
 * The author of an action. `id` is the `documentId` of the user or token (never Strapi's numeric id, which
 * `strapi transfer` renumbers); it is `null` for `public` and `command`. `name` is for display only.
 */
export const actorSchema = z.object({
  type: z.enum(actorTypes),
  id: z.string().nullable(),
  name: z.string(),
});

export type ActorType = (typeof actorTypes)[number];
export type Actor = z.infer<typeof actorSchema>;
