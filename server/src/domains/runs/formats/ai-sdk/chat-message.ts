import { z } from 'zod';

/** Parts of a message, as far as they are looked at: the others are the client's own affair. */
const partSchema = z.looseObject({ type: z.string() });
/** A message of the AI SDK's chats. */
export const messageSchema = z.looseObject({
  id: z.string().max(200).optional(),
  role: z.enum(['system', 'user', 'assistant']),
  parts: z.array(partSchema).max(10_000),
});

export type ChatMessage = z.infer<typeof messageSchema>;
export type ChatPart = z.infer<typeof partSchema>;
