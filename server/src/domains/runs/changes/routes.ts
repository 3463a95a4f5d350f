import { runChangeDecisionSchema, runChangesSchema } from 'strapi-plugin-skills-shared/contracts';
import type { Core } from '@strapi/types';
import { z } from 'zod';
import { defineRoute, type RouteRequest } from '../../../http/define-route';
import { sendFile } from '../../../http/file-response';
import { skillsOf, viewerOf, type SkillViewer } from '../../skills';
import { runSeenBy } from '../access';
import { runParamsSchema } from '../route-inputs';
import { runsOf } from '../runs-of';
import { changesOf } from './changes-of';

const controller = 'run-changes';
const pathParamsSchema = runParamsSchema.extend({ path: z.string().min(1) });
const answered = z.object({ data: runChangesSchema });

function seen(strapi: Core.Strapi, id: string, viewer: SkillViewer) {
  return runSeenBy({ runs: runsOf(strapi), skills: skillsOf(strapi) }, id, viewer);
}

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/changes',
  controller,
  action: 'find',
  permission: 'runs.read',
  input: { params: runParamsSchema },
  output: answered,
  async handler({ ctx, strapi, params }) {
    const run = await seen(strapi, params.id, viewerOf(ctx));
    return { data: await changesOf(strapi).list(run.id) };
  },
});

/** The file as the run found it, or as it left it. */
async function sendSide(
  {
    ctx,
    strapi,
    params,
  }: Pick<RouteRequest<z.output<typeof pathParamsSchema>, unknown, unknown>, 'ctx' | 'strapi' | 'params'>,
  side: 'before' | 'after',
): Promise<void> {
  const run = await seen(strapi, params.id, viewerOf(ctx));
  const file = await changesOf(strapi).open(run.id, side, params.path);
  await sendFile(ctx, { ...file, name: params.path, inline: ctx.query.download === undefined });
}

const before = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/changes/before/*path',
  controller,
  action: 'before',
  permission: 'runs.read',
  input: { params: pathParamsSchema },
  handler: (request) => sendSide(request, 'before'),
});

const after = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/changes/after/*path',
  controller,
  action: 'after',
  permission: 'runs.read',
  input: { params: pathParamsSchema },
  handler: (request) => sendSide(request, 'after'),
});

const decide = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/runs/:id/change-decision',
  controller,
  action: 'decide',
  permission: 'skills.update',
  input: { params: runParamsSchema, body: runChangeDecisionSchema },
  output: answered,
  async handler({ ctx, strapi, params, body, actor }) {
    const viewer = viewerOf(ctx);
    const run = await seen(strapi, params.id, viewer);
    const skill = () => skillsOf(strapi).get(run.skillId, viewer);
    return { data: await changesOf(strapi).decide(run, { ...body, by: actor, skill }) };
  },
});

export const changeRoutes = [list, before, after, decide];
