import { availableParallelism } from 'node:os';
import type { Core } from '@strapi/types';
import { z } from 'zod';

const KiB = 1024;
const MiB = 1024 * KiB;

const count = z.number().int().min(1);

/** What `config/plugins.ts` may set under `skills.config`. Sizes are in bytes, times in milliseconds. */
export const configSchema = z.strictObject({
  /** What a bundle may measure, unpacked. */
  bundle: z
    .strictObject({
      maxBytes: count.default(30 * MiB),
      maxFiles: count.default(500),
      maxFileBytes: count.default(25 * MiB),
      maxPathBytes: count.default(512),
      maxDepth: count.default(16),
    })
    .prefault({}),
  run: z
    .strictObject({
      /** Runs at once on this server. */
      concurrency: count.default(() => availableParallelism()),
      timeoutMs: count.default(120_000),
      memoryBytes: count.default(512 * MiB),
      processes: count.default(64),
      diskBytes: count.default(256 * MiB),
      /** Of stdout and stderr together. */
      outputBytes: count.default(10 * MiB),
      /** Of a run's input, as JSON. */
      maxInputBytes: count.default(MiB),
      /** Of each input file. */
      maxInputFileBytes: count.default(25 * MiB),
      /** How long a worker may be silent before its run counts as interrupted. */
      leaseMs: z.number().int().min(1_000).default(30_000),
    })
    .prefault({}),
  sandbox: z
    .strictObject({
      /** The weakest isolation that a run may have: below it, runs are refused. */
      minimum: z.enum(['in-process', 'bubblewrap']).default('in-process'),
      /** Whether a skill that asks for the network may have it. */
      allowNetwork: z.boolean().default(false),
    })
    .prefault({}),
});

export type SkillsConfig = z.output<typeof configSchema>;

/** The plugin's configuration, with its defaults. */
export function configOf(strapi: Pick<Core.Strapi, 'config'>): SkillsConfig {
  return configSchema.parse(strapi.config.get('plugin::skills'));
}

/** What Strapi's loader wants: defaults, and a check whose message names the option that is wrong. */
export const config = {
  default: () => configSchema.parse({}),
  validator(value: unknown): void {
    const result = configSchema.safeParse(value);
    if (!result.success) throw new Error(z.prettifyError(result.error));
  },
};
