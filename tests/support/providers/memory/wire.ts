import { z } from 'zod';

/** What crosses between the provider and its peer: requests as JSON, answers as lines of JSON. */

const json = z.json();
const jsonObject = z.record(z.string(), z.json());

const toolCall = z.object({ id: z.string(), name: z.string(), input: json });

const message = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('user'),
    parts: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text'), text: z.string() }),
        z.strictObject({ type: z.literal('file'), name: z.string(), mime: z.string(), base64: z.base64() }),
      ]),
    ),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    text: z.string(),
    toolCalls: z.array(toolCall),
    state: json.optional(),
  }),
  z.strictObject({
    role: z.literal('tool'),
    toolCallId: z.string(),
    content: z.string(),
    isError: z.boolean(),
  }),
]);

export const chatRequestSchema = z.strictObject({
  model: z.string(),
  instructions: z.string().optional(),
  messages: z.array(message).min(1),
  functions: z
    .array(z.strictObject({ name: z.string(), description: z.string(), inputSchema: jsonObject }))
    .optional(),
  tools: z.array(jsonObject).optional(),
  hosted: z.array(z.strictObject({ id: z.string(), version: z.string() })).optional(),
  maxOutputTokens: z.number().int().positive().optional(),
});

const usage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  cachedInputTokens: z.number().int().nonnegative().optional(),
  reasoningTokens: z.number().int().nonnegative().optional(),
  billedToolCalls: z.record(z.string(), z.number().int()).optional(),
});

export const wireEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('call'), id: z.string(), name: z.string(), input: json }),
  z.object({ type: z.literal('own-call'), id: z.string(), name: z.string(), input: json }),
  z.object({
    type: z.literal('own-result'),
    id: z.string(),
    name: z.string(),
    output: json,
    isError: z.boolean(),
  }),
  z.object({
    type: z.literal('citation'),
    url: z.string().optional(),
    title: z.string().optional(),
    quote: z.string().optional(),
  }),
  z.object({ type: z.literal('file'), name: z.string(), mime: z.string(), fileId: z.string() }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('note'), name: z.string(), data: json }),
  z.object({ type: z.literal('failure'), status: z.number().int() }),
  z.object({ type: z.literal('done'), reason: z.enum(['stop', 'length', 'calls', 'refusal']) }),
]);

export const modelsSchema = z.object({
  models: z.array(z.object({ id: z.string(), name: z.string(), contextTokens: z.number().int() })),
});
export const embeddingRequestSchema = z.strictObject({
  model: z.string(),
  texts: z.array(z.string()).min(1),
});
export const embeddingsSchema = z.object({
  vectors: z.array(z.array(z.number())),
  inputTokens: z.number().int(),
});
export const skillTypesSchema = z.object({ skillTypes: z.array(z.string()) });
/** The first line of an upload; each further one is a file whole, by its path. */
export const bundleHeadSchema = z.strictObject({ name: z.string(), description: z.string() });
export const bundleFileSchema = z.strictObject({ path: z.string(), size: z.number(), base64: z.base64() });
export const hostedSchema = z.object({ id: z.string(), version: z.string() });

export type MemoryChatRequest = z.infer<typeof chatRequestSchema>;
export type WireMessage = MemoryChatRequest['messages'][number];
export type WireEvent = z.infer<typeof wireEventSchema>;
