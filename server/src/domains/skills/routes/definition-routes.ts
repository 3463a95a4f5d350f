import { providerSkillSaveSchema, skillSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { connectionsOf } from '../../connections';
import { skillsOf } from '../access';
import { presentSkill } from '../skill-json';
import { viewerOf } from '../skill-viewer';
import { detailOf, idParams } from './admin-route';
import { refuseToPublish } from './may';

const controller = 'admin-skill-definitions';

const save = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/skills/:id/definition',
  controller,
  action: 'save',
  permission: 'skills.update',
  input: { params: idParams, body: providerSkillSaveSchema },
  async handler({ strapi, ctx, params, body, actor }) {
    refuseToPublish(ctx, body);
    const by = { viewer: viewerOf(ctx), author: actor };
    const saved = await skillsOf(strapi).saveDefinition(params.id, body, by);
    return {
      data: {
        skill: await presentSkill(connectionsOf(strapi), saved.skill),
        version: await detailOf(strapi, saved),
      },
    };
  },
});

const checkout = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/checkout',
  controller,
  action: 'checkout',
  permission: 'skills.update',
  input: {
    params: idParams,
    body: z.object({ versionId: z.string().min(1), revision: z.number().int() }),
  },
  output: z.object({ data: skillSchema }),
  async handler({ strapi, ctx, params, body }) {
    const skills = skillsOf(strapi);
    const skill = await skills.checkout(await skills.get(params.id, viewerOf(ctx)), body);
    return { data: await presentSkill(connectionsOf(strapi), skill) };
  },
});

export const definitionRoutes: readonly RouteDefinition[] = [save, checkout];
