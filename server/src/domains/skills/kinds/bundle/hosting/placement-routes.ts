import type { Core } from '@strapi/types';
import {
  placementCreateSchema,
  placementSchema,
  type Placement,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../../../http/define-route';
import { connectionsOf } from '../../../../connections';
import { versionsOf } from '../../../../versions';
import { placementsOf, skillsOf } from '../../../access';
import { idParams } from '../../../routes/admin-route';
import { sees, serverViewer, viewerOf, type SkillViewer } from '../../../skill-viewer';
import { placementMissing } from './hosting-errors';
import { presentPlacements } from './placement-json';
import type { PlacementRecord } from './placement-record';

const controller = 'admin-placements';

async function present(strapi: Core.Strapi, placement: PlacementRecord): Promise<{ data: Placement }> {
  const [shown] = await presentPlacements(connectionsOf(strapi), [placement]);
  return { data: shown! };
}

/** A placement by its id, where the viewer may see its skill. */
async function placementOf(strapi: Core.Strapi, id: string, viewer: SkillViewer): Promise<PlacementRecord> {
  const placement = await placementsOf(strapi).get(id);
  const skill = await skillsOf(strapi).find(placement.skillId, serverViewer);
  if (!skill || !sees(viewer, skill)) throw placementMissing();
  return placement;
}

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/placements',
  controller,
  action: 'list',
  permission: 'skills.read',
  input: { params: idParams },
  output: z.object({ data: z.array(placementSchema) }),
  async handler({ strapi, ctx, params }) {
    const skill = await skillsOf(strapi).get(params.id, viewerOf(ctx));
    const placements = await placementsOf(strapi).list(skill.id);
    return { data: await presentPlacements(connectionsOf(strapi), placements) };
  },
});

const publish = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/placements',
  controller,
  action: 'publish',
  permission: 'placements.manage',
  status: 201,
  input: { params: idParams, body: placementCreateSchema },
  output: z.object({ data: placementSchema }),
  async handler({ strapi, ctx, params, body, actor }) {
    const skill = await skillsOf(strapi).get(params.id, viewerOf(ctx));
    const versions = versionsOf(strapi);
    const version =
      body.version === undefined
        ? await versions.get(skill.current.id)
        : await versions.getByNumber(skill.id, body.version);
    const placement = { skill, version, connection: body.connection, author: actor };
    return present(strapi, await placementsOf(strapi).publish(placement));
  },
});

const withdraw = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/placements/:id',
  controller,
  action: 'withdraw',
  permission: 'placements.manage',
  input: { params: idParams },
  async handler({ strapi, ctx, params }) {
    const { id } = await placementOf(strapi, params.id, viewerOf(ctx));
    await placementsOf(strapi).withdraw(id);
  },
});

const check = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/placements/:id/checks',
  controller,
  action: 'check',
  permission: 'placements.manage',
  input: { params: idParams },
  output: z.object({ data: placementSchema }),
  async handler({ strapi, ctx, params }) {
    const { id } = await placementOf(strapi, params.id, viewerOf(ctx));
    return present(strapi, await placementsOf(strapi).check(id));
  },
});

export const placementRoutes: readonly RouteDefinition[] = [list, publish, withdraw, check];
