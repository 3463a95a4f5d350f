import { citationSchema } from 'strapi-plugin-skills-shared/contracts';
import type { ChatMessage } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';

const assistantSchema = z.object({
  role: z.literal('assistant'),
  text: z.string(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), input: z.unknown() })),
  providerState: z.object({ providerId: z.string(), data: z.unknown() }).optional(),
});

const messageSchema = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('user'),
    content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  }),
  assistantSchema,
  z.object({
    role: z.literal('tool'),
    toolCallId: z.string(),
    content: z.string(),
    isError: z.boolean().optional(),
  }),
]);

const resultSchema = z.object({ text: z.string(), isError: z.boolean() });

/** A call of the step under way. Without `result`, `childRunId` and `held` it waits for a person and was never begun. */
const callSchema = z.object({
  /** The run's own name for it: unlike the vendor's, no two calls of a run share one. */
  id: z.string(),
  vendorId: z.string(),
  name: z.string(),
  input: z.unknown(),
  result: resultSchema.optional(),
  /** The run that it started, and waits for. */
  childRunId: z.string().optional(),
  /** It needs nobody, and was not begun because a call before it was not. Runs that waited before there was such a thing have none. */
  held: z.boolean().optional(),
});

const answerSchema = z.object({
  text: z.string(),
  citations: z.array(citationSchema),
  finishReason: z.string(),
});

/** What an agent's run goes on with: everything but its sandbox. */
export const agentStateSchema = z.object({
  /** Another number is another shape, which this server does not go on with. */
  format: z.literal(1),
  messages: z.array(messageSchema),
  step: z.number().int().min(0),
  /** Milliseconds of work until now. */
  elapsedMs: z.number().min(0),
  /** Steps in a row in which no call could be read. */
  refusedSteps: z.number().int().min(0),
  /** Tool outputs until now: they number the artifacts. */
  outputs: z.number().int().min(0),
  /** Ids that calls have. */
  callIds: z.array(z.string()),
  /** Files and skills that the trajectory tells of as read, as `alias/path`. */
  loaded: z.array(z.string()),
  /** Names of files that the model made. */
  fileNames: z.array(z.string()),
  /** What the model said last. */
  answer: answerSchema.nullable(),
  calls: z.array(callSchema),
});

export type AgentState = Omit<z.infer<typeof agentStateSchema>, 'messages'> & { messages: ChatMessage[] };
export type AgentCall = z.infer<typeof callSchema>;
export type CallResult = z.infer<typeof resultSchema>;

export function newState(): AgentState {
  return {
    format: 1,
    messages: [],
    step: 0,
    elapsedMs: 0,
    refusedSteps: 0,
    outputs: 0,
    callIds: [],
    loaded: [],
    fileNames: [],
    answer: null,
    calls: [],
  };
}

/** What was saved before the run waited; undefined when this server cannot read it. */
export function readState(saved: unknown): AgentState | undefined {
  const result = agentStateSchema.safeParse(saved);
  // Its messages are what a provider wrote, as JSON: only the provider reads more of them.
  return result.success ? (result.data as AgentState) : undefined;
}
