import type { Context } from 'koa';
import { environmentSaveSchema, environmentSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../http/define-route';
import { environmentsOf } from './environments-of';
import { seenSkill } from './seen-skill';

const controller = 'admin-environments';
const params = z.object({ id: z.string().min(1) });
const answered = z.object({ data: environmentSchema });

/** The hosts of an environment are a permission of their own: they are what a skill could send things to. */
function mayGrantNetwork(ctx: Context): boolean {
  const ability: { can(action: string): boolean } = ctx.state.userAbility;
  return ability.can('plugin::skills.environments.network');
}

const read = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/environment',
  controller,
  action: 'findOne',
  permission: 'environments.read',
  input: { params },
  output: answered,
  async handler({ strapi, ctx, params: { id } }) {
    const skill = await seenSkill(strapi, ctx, id);
    return { data: await environmentsOf(strapi).get(skill.id) };
  },
});

const save = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/skills/:id/environment',
  controller,
  action: 'save',
  permission: 'environments.update',
  input: { params, body: environmentSaveSchema },
  output: answered,
  async handler({ strapi, ctx, params: { id }, body }) {
    const skill = await seenSkill(strapi, ctx, id);
    const by = { mayGrantNetwork: mayGrantNetwork(ctx) };
    return { data: await environmentsOf(strapi).save(skill.id, body, by) };
  },
});

const removeImage = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/skills/:id/environment/image',
  controller,
  action: 'removeImage',
  permission: 'environments.update',
  input: { params },
  async handler({ strapi, ctx, params: { id } }) {
    const skill = await seenSkill(strapi, ctx, id);
    await environmentsOf(strapi).removeImage(skill.id);
  },
});

export const environmentRoutes: readonly RouteDefinition[] = [read, save, removeImage];
