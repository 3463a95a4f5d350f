import { createHash } from 'node:crypto';
import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { z } from 'zod';
import { defineRoute } from '../../../../http/define-route';
import { sendFile } from '../../../../http/file-response';
import { ownRun, seenRun } from '../../access';
import { runParamsSchema } from '../../route-inputs';
import type { RunWithFiles } from '../../run-record';
import { runExporterOf } from './run-exporter-of';

const input = {
  params: runParamsSchema,
  query: z.object({ format: z.enum(['agentfs']).default('agentfs') }),
};

/** A finished run never changes, and neither does what is made of it. */
async function sendExport(strapi: Core.Strapi, ctx: Context, run: RunWithFiles): Promise<void> {
  await sendFile(ctx, {
    name: `run-${run.id}.agentfs.db`,
    digest: createHash('sha256').update(`agentfs-0.4 ${run.id} ${run.status} ${run.lastSeq}`).digest('hex'),
    mime: 'application/vnd.sqlite3',
    inline: false,
    open: () => runExporterOf(strapi)(run),
  });
}

const exportInPanel = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/export',
  controller: 'run-admin',
  action: 'export',
  permission: 'runs.read',
  input,
  async handler({ ctx, strapi, params }) {
    await sendExport(strapi, ctx, await seenRun(strapi, ctx, params.id));
  },
});

const exportOwn = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id/export',
  controller: 'run',
  action: 'export',
  input,
  async handler({ ctx, strapi, params, actor }) {
    await sendExport(strapi, ctx, await ownRun(strapi, params.id, actor));
  },
});

export const exportRoutes = [exportInPanel, exportOwn];
