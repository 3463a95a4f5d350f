import { availableParallelism } from 'node:os';
import type { Core } from '@strapi/types';
import { toolScopeIdSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { isAllowedHostEntry } from './platform/guarded-fetch';

const KiB = 1024;
const MiB = 1024 * KiB;

const count = z.number().int().min(1);

/** A typing error must not open more, or less, than was meant. */
const privateHost = z.string().refine(isAllowedHostEntry, 'is no host, address or range of addresses');

const toolScope = z.strictObject({
  id: toolScopeIdSchema,
  name: z.string().min(1).max(100),
  description: z.string().max(500).default(''),
});

/** US dollars a million tokens; see `ModelPrice` of `strapi-plugin-skills-shared/provider`. */
const modelPrice = z.strictObject({
  provider: z.string().min(1),
  model: z.string().min(1),
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().optional(),
  cacheWrite: z.number().nonnegative().optional(),
  toolCalls: z.record(z.string(), z.number().nonnegative()).optional(),
});

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
      /** Runs at once on this server that are executed on it. */
      concurrency: count.default(() => availableParallelism()),
      /** Runs at once on this server that wait for a vendor. */
      vendorConcurrency: count.default(200),
      /** Agents at work at once on this server: each waits for a vendor most of the time, and has a sandbox. */
      agentConcurrency: count.default(100),
      /** Agents at work at once on this server that other agents have started; a call beyond that is refused. */
      childAgentConcurrency: count.default(100),
      timeoutMs: count.default(120_000),
      /** How long models may work on a run: vendors can be slow. */
      chatTimeoutMs: count.default(600_000),
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
  /** What agent runs may take at most; requests may ask for less. */
  agent: z
    .strictObject({
      /** Requests to the model. */
      maxSteps: count.default(100),
      /** Input and output tokens together. */
      maxTokens: count.default(2_000_000),
      /** Milliseconds of work; waiting does not count. */
      maxTimeMs: count.default(1_800_000),
      /** US dollars; null is no limit. */
      maxCost: z.number().positive().nullable().default(null),
      /** Characters of a tool's output that the model is told; all of it is kept as an artifact. */
      maxToolOutput: z.number().int().min(1_000).default(30_000),
      /** Tool calls of one step that are executed at once. */
      parallelCalls: count.default(4),
      /** Runs above a run that a skill started by another. */
      maxDepth: z.number().int().min(0).default(3),
      /** Runs that one run may start. */
      maxChildren: count.default(50),
      /** How long a run may wait for a person, or for what it started. */
      waitMs: count.default(7 * 24 * 3_600_000),
    })
    .prefault({}),
  /** What sandboxes of skills are furnished with. */
  environment: z
    .strictObject({
      /** Bytes of an image's archive. */
      maxImageBytes: count.default(512 * MiB),
      /** How long setup commands may take together. */
      setupTimeoutMs: count.default(600_000),
    })
    .prefault({}),
  terminal: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** A terminal that nobody types into, and that prints nothing, is closed. */
      idleMs: count.default(600_000),
      /** Open at once, of one person. */
      maxPerPerson: count.default(3),
    })
    .prefault({}),
  sandbox: z
    .strictObject({
      /** The weakest isolation that a run may have: below it, runs are refused. */
      minimum: z.enum(['in-process', 'bubblewrap']).default('in-process'),
      /** Whether a skill that asks for the network may have it. */
      allowNetwork: z.boolean().default(false),
      /** Whether a skill's environment may open the hosts that it lists: who may list them, a permission of its own says. */
      allowListedHosts: z.boolean().default(true),
      /** Private and link-local addresses that sandboxes may reach where they are listed, as `connections.allowedPrivateHosts`. */
      allowedPrivateHosts: z.array(privateHost).default([]),
    })
    .prefault({}),
  /** Adapters by their package's name. They are found without a word here; this disables one, or loads it from elsewhere. */
  providers: z
    .record(
      z.string(),
      z.strictObject({
        enabled: z.boolean().default(true),
        /** A path from the app's root, or an absolute one, of the package's folder. */
        resolve: z.string().min(1).optional(),
      }),
    )
    .default({}),
  connections: z
    .strictObject({
      /** Names of environment variables that a connection's secret may be taken from. */
      environmentVariables: z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)).default([]),
      /**
       * Private and link-local addresses that connections may speak to: a host name, an address or a range (`10.0.0.0/8`), each with or
       * without a port (`localhost:11434`). `'*'` allows all.
       */
      allowedPrivateHosts: z.array(privateHost).default([]),
      /** How long asking a vendor what it offers, and testing a connection, may take. */
      askTimeoutMs: count.default(10_000),
      /** How long a vendor may be silent while it answers. */
      idleTimeoutMs: count.default(300_000),
    })
    .prefault({}),
  encryption: z
    .strictObject({
      /** What secrets are encrypted with: 32 bytes or more, of which a key is made. Strapi's `admin.secrets.encryptionKey` unless set. */
      key: z.string().min(32).optional(),
      /** Keys that were used before: what they encrypted stays readable. */
      previousKeys: z.array(z.string().min(32)).default([]),
    })
    .prefault({}),
  /** Prices beyond those that adapters know; these come first. */
  prices: z.array(modelPrice).default([]),
  /** Tool scopes beyond those that are built in and that plugins register. */
  toolScopes: z.array(toolScope).default([]),
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
