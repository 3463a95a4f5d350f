import { z } from 'zod';
import { actorSchema } from './actor';

/** What names an environment variable; what the sandbox itself sets may not be taken. */
export const variableNameSchema = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Use letters, digits and underscores, beginning with no digit.');

/** A host that a sandbox may reach: a name, `*.` before it for all below it, and a port when it is not 443 or 80. */
export const allowedHostSchema = z
  .string()
  .max(260)
  .regex(
    /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i,
    'Use a host name, such as pypi.org or *.example.com.',
  );

/** A state of files that setup commands, or a person in the terminal, have made: what `$HOME` holds when a run begins. */
export const environmentImageSchema = z.object({
  /** SHA-256 of its archive. */
  digest: z.string(),
  size: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: actorSchema,
  madeBy: z.enum(['setup', 'terminal']),
});

export const environmentBuildStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

/** A making of an image by the setup commands. What it prints is had as `environmentBuildLineSchema`. */
export const environmentBuildSchema = z.object({
  id: z.string(),
  skillId: z.string(),
  status: z.enum(environmentBuildStatuses),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Digest of the image that it made. */
  image: z.string().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: actorSchema,
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});

/** Output of setup commands, in pieces as they came; numbered from 1. `plugin`: what is said about the build itself. */
export const environmentBuildLineSchema = z.object({
  seq: z.number().int().min(1),
  stream: z.enum(['stdout', 'stderr', 'plugin']),
  text: z.string(),
});

/** A build with what it has printed after a number: the first two hundred pieces, while `lastSeq` tells whether there are more. */
export const environmentBuildDetailSchema = environmentBuildSchema.extend({
  /** The number of the last piece of output; 0 while there is none. */
  lastSeq: z.number().int(),
  lines: z.array(environmentBuildLineSchema),
});

export const environmentSchema = z.object({
  skillId: z.string(),
  /** 0 until it is saved for the first time. Images and builds do not count. */
  revision: z.number().int(),
  variables: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Their values never leave the server. */
  secrets: z.array(z.object({ name: z.string(), updatedAt: z.iso.datetime() })),
  /** Commands for bash, run one after another where the image is made. */
  setup: z.string(),
  allowedHosts: z.array(z.string()),
  image: environmentImageSchema.nullable(),
  /** Whether the image was made by other commands than `setup` has now. */
  imageOutdated: z.boolean(),
  /** The last one. */
  build: environmentBuildSchema.nullable(),
  /** False where the server's configuration opens no hosts to sandboxes, whatever is listed. */
  hostsAllowed: z.boolean(),
  updatedAt: z.iso.datetime().nullable(),
});

/**
 * A secret that is left out stays as it is; `value: null` removes it. Values of less than 4 characters are refused: they cannot be
 * masked without making honest text unreadable.
 */
export const environmentSaveSchema = z.object({
  revision: z.number().int(),
  variables: z.array(z.object({ name: variableNameSchema, value: z.string().max(32_768) })).max(100),
  secrets: z
    .array(z.object({ name: variableNameSchema, value: z.string().max(16_384).nullable() }))
    .max(50)
    .default([]),
  setup: z.string().max(64_000),
  /** Of who may grant the network; for anybody else it must be as it is. */
  allowedHosts: z.array(allowedHostSchema).max(100).optional(),
});

export type Environment = z.infer<typeof environmentSchema>;
export type EnvironmentSave = z.infer<typeof environmentSaveSchema>;
export type EnvironmentBuild = z.infer<typeof environmentBuildSchema>;
export type EnvironmentBuildDetail = z.infer<typeof environmentBuildDetailSchema>;
export type EnvironmentBuildStatus = EnvironmentBuild['status'];
export type EnvironmentBuildLine = z.infer<typeof environmentBuildLineSchema>;
export type EnvironmentImage = z.infer<typeof environmentImageSchema>;
