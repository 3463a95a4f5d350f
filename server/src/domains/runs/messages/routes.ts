import { runMessageCreateSchema, runMessageSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute } from '../../../http/define-route';
import { ownRun, seenRun } from '../access';
import { runParamsSchema } from '../route-inputs';
import { runsOf } from '../runs-of';

const answered = {
  one: z.object({ data: runMessageSchema }),
  all: z.object({ data: z.array(runMessageSchema) }),
};

const sendInPanel = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/runs/:id/messages',
  controller: 'run-admin',
  action: 'steer',
  permission: 'runs.steer',
  input: { params: runParamsSchema, body: runMessageCreateSchema },
  output: answered.one,
  status: 201,
  async handler({ ctx, strapi, params, body, actor }) {
    const run = await seenRun(strapi, ctx, params.id);
    return { data: await runsOf(strapi).messages.send(run, body.text, actor) };
  },
});

const listInPanel = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/messages',
  controller: 'run-admin',
  action: 'findMessages',
  permission: 'runs.read',
  input: { params: runParamsSchema },
  output: answered.all,
  async handler({ ctx, strapi, params }) {
    const run = await seenRun(strapi, ctx, params.id);
    return { data: await runsOf(strapi).messages.list(run.id) };
  },
});

const send = defineRoute({
  api: 'content',
  method: 'POST',
  path: '/skill-runs/:id/messages',
  controller: 'run',
  action: 'steer',
  input: { params: runParamsSchema, body: runMessageCreateSchema },
  output: answered.one,
  status: 201,
  async handler({ strapi, params, body, actor }) {
    const run = await ownRun(strapi, params.id, actor);
    return { data: await runsOf(strapi).messages.send(run, body.text, actor) };
  },
});

const list = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id/messages',
  controller: 'run',
  action: 'findMessages',
  input: { params: runParamsSchema },
  output: answered.all,
  async handler({ strapi, params, actor }) {
    const run = await ownRun(strapi, params.id, actor);
    return { data: await runsOf(strapi).messages.list(run.id) };
  },
});

export const messageRoutes = [sendInPanel, listInPanel, send, list];
