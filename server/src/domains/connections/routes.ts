import {
  connectionCreateSchema,
  connectionListQuerySchema,
  connectionModelSchema,
  connectionSchema,
  connectionTestSchema,
  connectionTrialSchema,
  connectionUpdateSchema,
  connectionUserSchema,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../http/define-route';
import { pageOf } from '../../http/pages';
import { connectionsOf, environmentOf } from './connections-of';

const controller = 'admin-connections';
const idParams = z.object({ id: z.string().min(1) });
const one = z.object({ data: connectionSchema });

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/connections',
  controller,
  action: 'list',
  permission: 'connections.read',
  input: { query: connectionListQuerySchema },
  async handler({ strapi, query }) {
    const { connections, total } = await connectionsOf(strapi).list(query);
    return pageOf(connections, { ...query, total });
  },
});

const create = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/connections',
  controller,
  action: 'create',
  permission: 'connections.create',
  input: { body: connectionCreateSchema },
  output: one,
  status: 201,
  async handler({ strapi, body, actor }) {
    return { data: await connectionsOf(strapi).create(body, actor) };
  },
});

const aliasExists = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/connections/alias-exists',
  controller,
  action: 'aliasExists',
  permission: 'connections.read',
  input: { query: z.object({ alias: z.string().min(1).max(100), except: z.string().optional() }) },
  output: z.object({ data: z.object({ exists: z.boolean() }) }),
  async handler({ strapi, query }) {
    return { data: { exists: await connectionsOf(strapi).aliasExists(query.alias, query.except) } };
  },
});

const findOne = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/connections/:id',
  controller,
  action: 'findOne',
  permission: 'connections.read',
  input: { params: idParams },
  output: one,
  async handler({ strapi, params }) {
    return { data: await connectionsOf(strapi).get(params.id) };
  },
});

const update = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/connections/:id',
  controller,
  action: 'update',
  permission: 'connections.update',
  input: { params: idParams, body: connectionUpdateSchema },
  output: one,
  async handler({ strapi, params, body, actor }) {
    return { data: await connectionsOf(strapi).update(params.id, body, actor) };
  },
});

const remove = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/connections/:id',
  controller,
  action: 'remove',
  permission: 'connections.delete',
  input: { params: idParams },
  async handler({ strapi, params }) {
    await connectionsOf(strapi).remove(params.id);
  },
});

const users = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/connections/:id/users',
  controller,
  action: 'users',
  permission: 'connections.read',
  input: { params: idParams },
  output: z.object({ data: z.array(connectionUserSchema) }),
  async handler({ strapi, params }) {
    return { data: await connectionsOf(strapi).users(params.id) };
  },
});

const test = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/connections/:id/tests',
  controller,
  action: 'test',
  permission: 'connections.update',
  input: { params: idParams },
  output: z.object({ data: connectionTestSchema }),
  async handler({ strapi, params }) {
    return { data: await connectionsOf(strapi).test(params.id) };
  },
});

const tryOut = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/connection-tests',
  controller,
  action: 'tryOut',
  permission: 'connections.create',
  input: { body: connectionTrialSchema },
  output: z.object({ data: connectionTestSchema }),
  async handler({ strapi, body }) {
    return { data: await connectionsOf(strapi).tryOut(body) };
  },
});

const models = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/connections/:id/models',
  controller,
  action: 'models',
  permission: 'runs.start',
  input: { params: idParams },
  output: z.object({ data: z.array(connectionModelSchema) }),
  async handler({ strapi, params }) {
    return { data: await connectionsOf(strapi).models(params.id) };
  },
});

const environmentVariables = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/environment-variables',
  controller,
  action: 'environmentVariables',
  permission: 'connections.read',
  output: z.object({ data: z.array(z.object({ name: z.string(), present: z.boolean() })) }),
  handler: ({ strapi }) => ({ data: environmentOf(strapi).list() }),
});

export const connectionRoutes: readonly RouteDefinition[] = [
  list,
  create,
  aliasExists,
  findOne,
  update,
  remove,
  users,
  test,
  tryOut,
  models,
  environmentVariables,
];
