import { agentDefaultsSaveSchema, agentDefaultsSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { agentDefaultsOf } from './access';

const controller = 'admin-agent-defaults';
const output = z.object({ data: agentDefaultsSchema });

const find = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/agent-defaults',
  controller,
  action: 'find',
  permission: 'connections.read',
  output,
  handler: async ({ strapi }) => ({ data: await agentDefaultsOf(strapi).get() }),
});

const save = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/agent-defaults',
  controller,
  action: 'save',
  permission: 'connections.update',
  input: { body: agentDefaultsSaveSchema },
  output,
  handler: async ({ strapi, body }) => ({ data: await agentDefaultsOf(strapi).save(body) }),
});

export const agentDefaultsRoutes: readonly RouteDefinition[] = [find, save];
