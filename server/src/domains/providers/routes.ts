import { installedProviderSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../http/define-route';
import { providersOf } from './providers-of';

const controller = 'admin-providers';

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/providers',
  controller,
  action: 'list',
  permission: 'providers.read',
  output: z.object({ data: z.array(installedProviderSchema) }),
  handler: ({ strapi }) => ({ data: providersOf(strapi).list() }),
});

const findOne = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/providers/:id',
  controller,
  action: 'findOne',
  permission: 'providers.read',
  input: { params: z.object({ id: z.string().min(1) }) },
  output: z.object({ data: installedProviderSchema }),
  handler({ strapi, params }) {
    const providers = providersOf(strapi);
    const { package: name } = providers.get(params.id);
    return { data: providers.list().find((row) => row.package === name) };
  },
});

export const providerRoutes: readonly RouteDefinition[] = [list, findOne];
