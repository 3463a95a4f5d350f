import { availableSkillTypeSchema, skillTypeFailureSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { skillTypesOf } from '../access';

const controller = 'admin-skill-types';

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skill-types',
  controller,
  action: 'list',
  permission: 'skills.read',
  input: { query: z.object({ connection: z.string().min(1).optional() }) },
  output: z.object({
    data: z.array(availableSkillTypeSchema),
    meta: z.object({ failures: z.array(skillTypeFailureSchema) }),
  }),
  async handler({ strapi, query }) {
    const { types, failures } = await skillTypesOf(strapi).list(query.connection);
    return { data: types, meta: { failures } };
  },
});

const settingsSchema = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skill-types/settings-schema',
  controller,
  action: 'settingsSchema',
  permission: 'skills.read',
  input: { query: z.object({ connection: z.string().min(1), skillType: z.string().min(1) }) },
  async handler({ strapi, query }) {
    const jsonSchema = await skillTypesOf(strapi).settingsSchema(query.connection, query.skillType);
    return { data: { jsonSchema } };
  },
});

export const skillTypeRoutes: readonly RouteDefinition[] = [list, settingsSchema];
