import { z } from 'zod';
import { defineRoute } from '../../http/define-route';
import { sandboxOf } from '../../platform/sandbox';

const sandboxSchema = z.object({
  /** The word that is stored on runs; null where runs are refused. */
  isolation: z.string().nullable(),
  minimum: z.string(),
  notes: z.array(z.string()),
  implementations: z.array(
    z.object({ name: z.string(), available: z.boolean(), reason: z.string().optional() }),
  ),
  networkAllowed: z.boolean(),
});

/** What isolation runs have on this server, and why no stronger. */
const readSandbox = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/sandbox',
  controller: 'sandbox-admin',
  action: 'find',
  permission: 'skills.read',
  output: z.object({ data: sandboxSchema }),
  async handler({ strapi }): Promise<{ data: z.infer<typeof sandboxSchema> }> {
    const { probes, isolation } = await sandboxOf(strapi).choose();
    const settings = strapi.config.get<{ minimum: string; allowNetwork: boolean }>('plugin::skills.sandbox');
    return {
      data: {
        isolation: isolation?.name ?? null,
        minimum: settings.minimum,
        notes: isolation?.notes ?? [],
        implementations: probes.map((probe) =>
          probe.available
            ? { name: probe.name, available: true }
            : { name: probe.name, available: false, reason: probe.reason },
        ),
        networkAllowed: settings.allowNetwork,
      },
    };
  },
});

export const sandboxRoutes = [readSandbox];
