import {
  skillCreateSchema,
  skillListQuerySchema,
  skillSchema,
  skillUpdateSchema,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { adminUserOf } from '../../../http/actor';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { pageOf } from '../../../http/pages';
import { connectionsOf } from '../../connections';
import { skillsOf } from '../access';
import { presentSkill, presentSkills } from '../skill-json';
import { viewerOf } from '../skill-viewer';
import { listRequestOf } from '../skills-service';
import { idParams } from './admin-route';
import { refuseToPublish } from './may';

const controller = 'admin-skills';

/** More than a list can show at once: a page is at most 100. */
const idsSchema = z.array(z.string().min(1)).min(1).max(500);
const one = z.object({ data: skillSchema });
const changed = z.object({ data: z.object({ changed: z.number().int() }) });

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills',
  controller,
  action: 'list',
  permission: 'skills.read',
  input: { query: skillListQuerySchema },
  async handler({ strapi, ctx, query }) {
    const { skills, total } = await skillsOf(strapi).list(listRequestOf(query, viewerOf(ctx)));
    return pageOf(await presentSkills(connectionsOf(strapi), skills), { ...query, total });
  },
});

const create = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills',
  controller,
  action: 'create',
  permission: 'skills.create',
  input: { body: skillCreateSchema },
  output: one,
  status: 201,
  async handler({ strapi, ctx, body, actor }) {
    refuseToPublish(ctx, body);
    const skill = await skillsOf(strapi).create({ ...body, owner: adminUserOf(ctx), author: actor });
    return { data: await presentSkill(connectionsOf(strapi), skill) };
  },
});

const facets = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/facets',
  controller,
  action: 'facets',
  permission: 'skills.read',
  async handler({ strapi, ctx }) {
    return { data: await skillsOf(strapi).facets(viewerOf(ctx)) };
  },
});

const aliasExists = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/alias-exists',
  controller,
  action: 'aliasExists',
  permission: 'skills.read',
  input: { query: z.object({ alias: z.string().min(1).max(100), except: z.string().optional() }) },
  output: z.object({ data: z.object({ exists: z.boolean() }) }),
  async handler({ strapi, query }) {
    return { data: { exists: await skillsOf(strapi).aliasExists(query.alias, query.except) } };
  },
});

const activation = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/activation',
  controller,
  action: 'activation',
  permission: 'skills.update',
  input: { body: z.object({ ids: idsSchema, active: z.boolean() }) },
  output: changed,
  async handler({ strapi, ctx, body }) {
    return { data: { changed: await skillsOf(strapi).setActive(body.ids, body.active, viewerOf(ctx)) } };
  },
});

const archival = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/archival',
  controller,
  action: 'archival',
  permission: 'skills.archive',
  input: { body: z.object({ ids: idsSchema, archived: z.boolean() }) },
  output: changed,
  async handler({ strapi, ctx, body }) {
    return { data: { changed: await skillsOf(strapi).setArchived(body.ids, body.archived, viewerOf(ctx)) } };
  },
});

const findOne = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id',
  controller,
  action: 'findOne',
  permission: 'skills.read',
  input: { params: idParams },
  output: one,
  async handler({ strapi, ctx, params }) {
    const skill = await skillsOf(strapi).get(params.id, viewerOf(ctx));
    return { data: await presentSkill(connectionsOf(strapi), skill) };
  },
});

const update = defineRoute({
  api: 'admin',
  method: 'PATCH',
  path: '/skills/:id',
  controller,
  action: 'update',
  permission: 'skills.update',
  input: { params: idParams, body: skillUpdateSchema },
  output: one,
  async handler({ strapi, ctx, params, body }) {
    const skill = await skillsOf(strapi).update(params.id, body, viewerOf(ctx));
    return { data: await presentSkill(connectionsOf(strapi), skill) };
  },
});

const purge = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/skills/:id',
  controller,
  action: 'purge',
  permission: 'skills.purge',
  input: { params: idParams },
  async handler({ strapi, ctx, params }) {
    await skillsOf(strapi).purge(params.id, viewerOf(ctx));
  },
});

export const skillRoutes: readonly RouteDefinition[] = [
  list,
  create,
  facets,
  aliasExists,
  activation,
  archival,
  findOne,
  update,
  purge,
];
