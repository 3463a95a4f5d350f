import type { Core } from '@strapi/types';
import {
  threadListQuerySchema,
  threadSchema,
  threadWriteSchema,
  type Thread,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../http/define-route';
import { pageOf } from '../../http/pages';
import { skillsOf, viewerOf, type SkillViewer } from '../skills';
import { presentThreads } from './presentation';
import { threadMissing } from './service';
import type { ThreadRecord } from './thread-record';
import { threadsOf } from './threads-of';

const controller = 'admin-threads';
const params = z.object({ id: z.string().min(1) });
const answered = z.object({ data: threadSchema });

async function answer(strapi: Core.Strapi, thread: ThreadRecord): Promise<{ data: Thread }> {
  const [data] = await presentThreads(threadsOf(strapi), [thread]);
  return { data: data! };
}

/** A thread in the backoffice: whoever sees its skill sees it. Rejects with 404 `thread-not-found`. */
async function seen(strapi: Core.Strapi, id: string, viewer: SkillViewer): Promise<ThreadRecord> {
  const thread = await threadsOf(strapi).get(id);
  if (!(await skillsOf(strapi).find(thread.skillId, viewer))) throw threadMissing();
  return thread;
}

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/threads',
  controller,
  action: 'list',
  permission: 'runs.read',
  input: { params, query: threadListQuerySchema },
  async handler({ strapi, ctx, params: { id }, query }) {
    const skill = await skillsOf(strapi).get(id, viewerOf(ctx));
    const { threads, total } = await threadsOf(strapi).list(skill.id, query);
    return pageOf(await presentThreads(threadsOf(strapi), threads), { ...query, total });
  },
});

const create = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/threads',
  controller,
  action: 'create',
  permission: 'runs.start',
  status: 201,
  input: { params, body: threadWriteSchema },
  output: answered,
  async handler({ strapi, ctx, params: { id }, body, actor }) {
    const skill = await skillsOf(strapi).get(id, viewerOf(ctx));
    return answer(
      strapi,
      await threadsOf(strapi).create({ skillId: skill.id, name: body.name, createdBy: actor }),
    );
  },
});

const read = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/threads/:id',
  controller,
  action: 'findOne',
  permission: 'runs.read',
  input: { params },
  output: answered,
  async handler({ strapi, ctx, params: { id } }) {
    return answer(strapi, await seen(strapi, id, viewerOf(ctx)));
  },
});

const rename = defineRoute({
  api: 'admin',
  method: 'PATCH',
  path: '/threads/:id',
  controller,
  action: 'rename',
  permission: 'runs.start',
  input: { params, body: threadWriteSchema },
  output: answered,
  async handler({ strapi, ctx, params: { id }, body }) {
    const thread = await seen(strapi, id, viewerOf(ctx));
    return answer(strapi, await threadsOf(strapi).rename(thread.id, body.name));
  },
});

const remove = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/threads/:id',
  controller,
  action: 'delete',
  permission: 'runs.start',
  input: { params },
  async handler({ strapi, ctx, params: { id } }) {
    const thread = await seen(strapi, id, viewerOf(ctx));
    await threadsOf(strapi).delete(thread.id);
  },
});

export const threadRoutes: readonly RouteDefinition[] = [list, create, read, rename, remove];
