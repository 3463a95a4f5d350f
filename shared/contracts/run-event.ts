import { z } from 'zod';
import { runFileSchema, runStatusSchema } from './run';

/**
 * The events of a run, in the order of `seq` (from 1, without gaps). They are the run's trajectory: stored before they are
 * streamed, and never changed. Readers ignore types that they do not know: later kinds of skill add their own.
 */
export const runEventPayloadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-start'), isolation: z.string(), command: z.string().optional() }),
  /** Text as the script printed it; adjacent deltas of one stream may be merged. */
  z.object({ type: z.literal('text-delta'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
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
