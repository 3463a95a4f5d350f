import { z } from 'zod';

/**
 * The body of every error that the plugin's routes answer with, in Strapi's envelope.
 * `details.code` is stable and meant for programs; `message` is one sentence for a person; `details.path` is the field at
 * fault, as a list of keys (`['input', 'rows', 0]`), or the path of a file in a bundle as one key.
 */
export const errorBodySchema = z.object({
  data: z.null(),
  error: z.object({
    status: z.number().int(),
    name: z.string(),
    message: z.string(),
    details: z.looseObject({
      code: z.string(),
      path: z.array(z.union([z.string(), z.number()])).optional(),
    }),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
