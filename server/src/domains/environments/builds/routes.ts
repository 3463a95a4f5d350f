import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { environmentBuildDetailSchema, environmentBuildSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { MissingError } from '../../../http/errors';
import { answerWithEvents, resumeAfter, wantsEventStream } from '../../../http/event-stream';
import { isStillAllowed } from '../../../http/recheck-access';
import { skillsOf, viewerOf } from '../../skills';
import { seenSkill } from '../seen-skill';
import { isOver, presentBuild, type BuildRecord } from './build-record';
import { environmentBuildsOf } from './builds-of';

const controller = 'admin-environment-builds';
const params = z.object({ id: z.string().min(1) });
const started = z.object({ data: environmentBuildSchema });

/** A build of a skill that the caller sees. Rejects with 404 `build-not-found`. */
async function seen(strapi: Core.Strapi, ctx: Context, id: string): Promise<BuildRecord> {
  const build = await environmentBuildsOf(strapi).get(id);
  if (await skillsOf(strapi).find(build.skillId, viewerOf(ctx))) return build;
  throw new MissingError('There is no such build.', { code: 'build-not-found' });
}

const start = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/environment/builds',
  controller,
  action: 'create',
  permission: 'environments.update',
  input: { params },
  output: started,
  status: 202,
  async handler({ strapi, ctx, params: { id }, actor }) {
    const skill = await seenSkill(strapi, ctx, id);
    const build = { skillId: skill.id, versionId: skill.current.id, author: actor };
    return { data: presentBuild(await environmentBuildsOf(strapi).start(build)) };
  },
});

const read = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/environment-builds/:id',
  controller,
  action: 'findOne',
  permission: 'environments.read',
  input: { params, query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
  output: z.object({ data: environmentBuildDetailSchema }),
  async handler({ strapi, ctx, params: { id }, query }) {
    const builds = environmentBuildsOf(strapi);
    const build = await seen(strapi, ctx, id);
    if (!wantsEventStream(ctx)) {
      const { lastSeq } = build;
      return { data: { ...presentBuild(build), lastSeq, lines: await builds.lines(build.id, query.after) } };
    }
    const after = resumeAfter(ctx, query.after);
    // There is nothing more to come: 204 tells an EventSource not to come again.
    if (isOver(build) && after >= build.lastSeq) return undefined;
    answerWithEvents(ctx, {
      follow: (signal) => builds.follow(build.id, after, signal),
      stillAllowed: async () => {
        if (!(await isStillAllowed(strapi, ctx))) return false;
        await seen(strapi, ctx, id);
        return true;
      },
      onError: (error) => strapi.log.warn(`The output of build ${build.id} ended: ${String(error)}`),
    });
    return undefined;
  },
});

const cancel = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/environment-builds/:id/cancellation',
  controller,
  action: 'cancel',
  permission: 'environments.update',
  input: { params },
  output: started,
  async handler({ strapi, ctx, params: { id } }) {
    const builds = environmentBuildsOf(strapi);
    const build = await seen(strapi, ctx, id);
    await builds.cancel(build.id);
    return { data: presentBuild(await builds.get(build.id)) };
  },
});

export const environmentBuildRoutes: readonly RouteDefinition[] = [start, read, cancel];
