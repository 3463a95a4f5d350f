import { z } from 'zod';
import { actorSchema } from './actor';
import { runFileSchema, runStatusSchema, waitReasons } from './run';

/** `stdout` and `stderr` are a script's; `answer` and `reasoning` a model's. */
export const textStreams = ['stdout', 'stderr', 'answer', 'reasoning'] as const;

/** Where a statement of an answer comes from. */
export const citationSchema = z.object({
  url: z.string().optional(),
  title: z.string().optional(),
  quote: z.string().optional(),
});

/**
 * The events of a run, in the order of `seq` (from 1, without gaps). They are the run's trajectory: stored before they are
 * streamed, and never changed. Readers ignore types that they do not know: later kinds of skill add their own.
 */
export const runEventPayloadSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-start'),
    isolation: z.string(),
    command: z.string().optional(),
    /** Of runs that a model works on. */
    model: z.string().optional(),
    connection: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  /** Text as the script printed it, or as the model wrote it; adjacent deltas of one stream may be merged. */
  z.object({ type: z.literal('text-delta'), stream: z.enum(textStreams), text: z.string() }),
  /** `by: 'provider'`: the vendor runs it, in its own place. */
  z.object({
    type: z.literal('tool-call'),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    by: z.enum(['provider', 'run']),
  }),
  z.object({
    type: z.literal('tool-result'),
    id: z.string(),
    name: z.string(),
    /** What the model was told: the beginning and the end of what is too long for it. */
    output: z.unknown(),
    isError: z.boolean(),
    /** The artifact that holds all of it, when it was cut. */
    artifact: z.string().optional(),
  }),
  /** The agent asks its model, for the `step`th time. */
  z.object({ type: z.literal('step-start'), step: z.number().int() }),
  /** The conversation was too long for the model: so many outputs of earlier tool calls were taken out of it, in characters. */
  z.object({ type: z.literal('context-trim'), results: z.number().int(), characters: z.number().int() }),
  /** A person's word on the way: in the conversation from the next step on. */
  z.object({ type: z.literal('message'), id: z.string(), text: z.string(), author: actorSchema }),
  /** The agent has read a skill's instructions. */
  z.object({ type: z.literal('skill-load'), alias: z.string(), version: z.number().int() }),
  /** The agent has read a file of a skill's folder. */
  z.object({ type: z.literal('file-load'), alias: z.string(), path: z.string() }),
  /** The agent's call of a skill became a run. */
  z.object({ type: z.literal('child-run'), callId: z.string(), runId: z.string(), alias: z.string() }),
  z.object({
    type: z.literal('approval-request'),
    callId: z.string(),
    name: z.string(),
    input: z.unknown(),
  }),
  z.object({
    type: z.literal('approval'),
    callId: z.string(),
    approved: z.boolean(),
    note: z.string().nullable(),
    by: actorSchema,
  }),
  z.object({ type: z.literal('run-wait'), reason: z.enum(waitReasons), until: z.iso.datetime() }),
  z.object({ type: z.literal('run-resume') }),
  /** How many files of the skill the agent left otherwise than it found them. */
  z.object({
    type: z.literal('files-change'),
    added: z.number().int(),
    modified: z.number().int(),
    removed: z.number().int(),
  }),
  z.object({ type: z.literal('citation'), citation: citationSchema }),
  /** What the run took so far. `cost`: US dollars, null is unknown. */
  z.object({
    type: z.literal('usage'),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    cost: z.number().nullable().optional(),
  }),
  /** What only one vendor tells. */
  z.object({ type: z.literal('provider-event'), name: z.string(), data: z.unknown() }),
  /** A line of the run's log, from the plugin itself. */
  z.object({
    type: z.literal('log-line'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
  }),
  z.object({ type: z.literal('artifact'), artifact: runFileSchema }),
  z.object({
    type: z.literal('run-end'),
    status: runStatusSchema,
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    durationMs: z.number().int().nullable(),
  }),
]);

export const runEventSchema = z.object({
  runId: z.string(),
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  payload: runEventPayloadSchema,
});

export type RunEventPayload = z.infer<typeof runEventPayloadSchema>;
export type RunEvent = z.infer<typeof runEventSchema>;

export type TextStreamName = (typeof textStreams)[number];
export type RunCitation = z.infer<typeof citationSchema>;
