import { importConflictChoices } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { configOf } from '../../../config';
import { adminUserOf } from '../../../http/actor';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { parseInput } from '../../../http/invalid-input';
import { importsOf } from '../access';
import { viewerOf } from '../skill-viewer';
import { may } from './may';
import { uploadedSource } from './uploaded-source';

const controller = 'admin-skill-imports';

const fieldsSchema = z.object({ conflict: z.enum(importConflictChoices).default('ask') });

const create = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/imports',
  controller,
  action: 'create',
  permission: 'skills.create',
  async handler({ strapi, ctx, actor }) {
    const { source, sourceName, fields } = await uploadedSource(ctx, configOf(strapi).bundle);
    const { conflict } = parseInput(fieldsSchema, { conflict: fields.get('conflict')?.[0] });
    const results = await importsOf(strapi).importAll({
      source,
      sourceName,
      conflict,
      viewer: viewerOf(ctx),
      mayUpdate: may(ctx, 'skills.update'),
      owner: adminUserOf(ctx),
      author: actor,
    });
    return { data: results };
  },
});

const limits = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/settings/limits',
  controller,
  action: 'limits',
  permission: 'skills.read',
  handler({ strapi }) {
    const { bundle, run } = configOf(strapi);
    return { data: { bundle, run } };
  },
});

export const importRoutes: readonly RouteDefinition[] = [create, limits];
