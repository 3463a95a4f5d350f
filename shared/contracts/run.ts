import { z } from 'zod';
import { actorSchema } from './actor';
import { pageQuerySchema } from './page';

export const runStatuses = ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'] as const;
export const runStatusSchema = z.enum(runStatuses);

/** The states in which a run has ended; it never changes after. */
export const finalRunStatuses = ['completed', 'failed', 'cancelled'] as const satisfies readonly RunStatus[];

/** Where a run was started. */
export const runOrigins = ['panel', 'api', 'command'] as const;

/** A file that went into a run or came out of it. `digest` is SHA-256 in hex; `size` is in bytes. */
export const runFileSchema = z.object({
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  digest: z.string(),
});

/**
 * Where a run works: `sandbox` on this server, where a script works alone; `agent` on this server too, where a model works through a
 * prompt with tools; `provider` at the vendor with one of its tools switched on, `hosted` in the vendor's container with the bundle that
 * lives there.
 */
export const runExecutions = ['sandbox', 'agent', 'provider', 'hosted'] as const;

/** What a waiting run waits for: a person's decision, runs that it started, or what happens elsewhere. */
export const waitReasons = ['approval', 'child-runs', 'external'] as const;

/** What a run took at most; each that is reached ends it as `failed` with the code `<name>-budget`. */
export const runBudgetSchema = z.object({
  /** Requests to the model. */
  steps: z.number().int().min(1),
  /** Input and output tokens together. */
  tokens: z.number().int().min(1),
  /** Milliseconds of work; waiting does not count. */
  timeMs: z.number().int().min(1),
  /** US dollars. Null is no limit. A model without a price cannot be held to one, and is refused. */
  cost: z.number().positive().nullable(),
});

/** A further skill of an agent's run, in the version that it had. */
export const composedSkillSchema = z.object({
  id: z.string(),
  alias: z.string(),
  version: z.object({ id: z.string(), number: z.number().int() }),
  /** Whether the agent has read its instructions, or called it. */
  used: z.boolean(),
});

/** What a person has decided about the files that a run changed. */
export const changeDecisions = ['taken', 'dropped'] as const;

export const runSchema = z.object({
  id: z.string(),
  skill: z.object({ id: z.string(), alias: z.string(), name: z.string(), kind: z.string() }).nullable(),
  version: z.object({ id: z.string(), number: z.number().int() }),
  status: runStatusSchema,
  origin: z.enum(runOrigins),
  startedBy: actorSchema,
  input: z.unknown(),
  prompt: z.string().nullable(),
  output: z.unknown(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** What isolation the run had, in the sandbox's own word (`bubblewrap`, `in-process`); null before it started. */
  isolation: z.string().nullable(),
  execution: z.enum(runExecutions),
  /** The connection and model that worked on it; null where no model did. `name` is as it was then. */
  connection: z.object({ id: z.string(), name: z.string() }).nullable(),
  model: z.string().nullable(),
  /** US dollars. Null is unknown (a model without a price), or that no model worked on it: never 0 for either. */
  cost: z.number().nullable(),
  durationMs: z.number().int().nullable(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  toolCalls: z.number().int(),
  /** Requests to the model. */
  steps: z.number().int(),
  lastSeq: z.number().int(),
  /** Of agent runs. */
  budget: runBudgetSchema.nullable(),
  /** Of agent runs: the tools that wait for a person, as they were asked for. */
  approval: z.array(z.string()),
  /** Set while the run waits; it fails when nobody has come by then. */
  waiting: z.object({ reason: z.enum(waitReasons), until: z.iso.datetime() }).nullable(),
  threadId: z.string().nullable(),
  /** The run that started this one by a `skill_call`, and the call. */
  parent: z.object({ runId: z.string(), callId: z.string() }).nullable(),
  /** Runs above this one. */
  depth: z.number().int(),
  /** The image of its skill's environment that it had: a SHA-256. */
  image: z.string().nullable(),
  /** Further skills that the agent had at hand. */
  skills: z.array(composedSkillSchema),
  /** Files of the skill that the agent left otherwise than it found them. Null: none. */
  changes: z.object({ count: z.number().int(), decision: z.enum(changeDecisions).nullable() }).nullable(),
  inputFiles: z.array(runFileSchema),
  artifacts: z.array(runFileSchema),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});

/** A run as lists show it: without its input, output, files and what waits for a person. */
export const runSummarySchema = runSchema.omit({
  input: true,
  output: true,
  inputFiles: true,
  artifacts: true,
  approval: true,
  skills: true,
  changes: true,
});

export const runListQuerySchema = pageQuerySchema.extend({
  sort: z
    .string()
    .regex(/^(createdAt|durationMs|status)(:(asc|desc))?$/i)
    .default('createdAt:desc'),
  skill: z.string().optional(),
  kind: z.string().optional(),
  status: runStatusSchema.optional(),
  /** The `documentId` of who started it. */
  startedBy: z.string().optional(),
  origin: z.enum(runOrigins).optional(),
  /** A connection's id. */
  connection: z.string().optional(),
  /** A model's id, as it was asked for. */
  model: z.string().optional(),
  execution: z.enum(runExecutions).optional(),
  /** A thread's id. */
  thread: z.string().optional(),
  /** A run's id, for the runs that it started; `none` for those that no run started. */
  parent: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** A model's id at its vendor. Control characters and halves of characters are in none, and databases refuse some of them. */
export const modelIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'Use the id that the vendor gives the model.');

/**
 * What `POST …/runs` takes. `version` is a version's number; agents may name any that was ever published, and get the
 * published one when they name none.
 */
export const runCreateSchema = z.object({
  input: z.unknown().optional(),
  prompt: z.string().max(100_000).optional(),
  version: z.coerce.number().int().min(1).optional(),
  /** The model's id at the vendor; the connection's first choice when absent. */
  model: modelIdSchema.optional(),
  /** A connection's id or alias, where the skill does not name one itself. */
  connection: z.string().min(1).max(100).optional(),
  /**
   * `hosted` runs a bundle where it was published to, at `connection` (or at the only one that has it). Left out, a bundle with a prompt or
   * without an entrypoint runs as an `agent`, any other in the `sandbox`.
   */
  execution: z.enum(['sandbox', 'agent', 'hosted']).optional(),
  /** Of agent runs: aliases of further skills that the agent may load and call. */
  skills: z.array(z.string().min(1).max(100)).max(20).optional(),
  /** Of agent runs: less than the server's own limits. */
  budget: runBudgetSchema.partial().optional(),
  /**
   * Of agent runs: tools that wait for a person (`bash`, `Bash(git push:*)`, `*`), unless the skill's `allowed-tools` name them.
   */
  approval: z.array(z.string().min(1).max(200)).max(50).optional(),
  /** Of the backoffice: the thread that the run belongs to. */
  thread: z.string().min(1).max(36).optional(),
});

/** The homepage widget's figures. Rates are `null` while there is nothing to count. */
export const statisticsSchema = z.object({
  skills: z.number().int(),
  activeSkills: z.number().int(),
  runsLastHour: z.number().int(),
  runsLastDay: z.number().int(),
  /** 0–1 over the finished runs of the last day. */
  successRate: z.number().nullable(),
  medianDurationMs: z.number().nullable(),
});

export type RunStatus = (typeof runStatuses)[number];
export type RunExecution = (typeof runExecutions)[number];
export type WaitReason = (typeof waitReasons)[number];
export type RunBudget = z.infer<typeof runBudgetSchema>;
export type ComposedSkill = z.infer<typeof composedSkillSchema>;
export type ChangeDecision = (typeof changeDecisions)[number];
export type RunOrigin = (typeof runOrigins)[number];
export type RunFile = z.infer<typeof runFileSchema>;
export type Run = z.infer<typeof runSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type RunListQuery = z.infer<typeof runListQuerySchema>;
export type RunCreate = z.infer<typeof runCreateSchema>;
export type Statistics = z.infer<typeof statisticsSchema>;
