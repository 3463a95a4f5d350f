import { environmentImageSchema, terminalTicketSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { DeniedError } from '../../../http/errors';
import { terminalsOf } from './terminals-service';

const controller = 'admin-terminals';
const params = z.object({ id: z.string().min(1) });

const create = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/terminals',
  controller,
  action: 'create',
  permission: 'environments.terminal',
  input: { params },
  output: z.object({ data: terminalTicketSchema }),
  status: 201,
  async handler({ ctx, strapi, params: { id } }) {
    return { data: await terminalsOf(strapi).issueTicket(ctx, id) };
  },
});

const renew = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/terminals/:id/renewal',
  controller,
  action: 'renew',
  permission: 'environments.terminal',
  input: { params },
  handler({ ctx, strapi, params: { id } }) {
    terminalsOf(strapi).renew(ctx, id);
  },
});

const saveImage = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/terminals/:id/image',
  controller,
  action: 'saveImage',
  permission: 'environments.terminal',
  input: { params },
  output: z.object({ data: environmentImageSchema }),
  status: 201,
  async handler({ ctx, strapi, params: { id }, actor }) {
    const ability: { can(action: string): boolean } = ctx.state.userAbility;
    if (!ability.can('plugin::skills.environments.update')) {
      throw new DeniedError('You may use a terminal, but not change what the skill is furnished with.', {
        code: 'image-denied',
      });
    }
    return { data: await terminalsOf(strapi).saveImage(ctx, id, actor) };
  },
});

export const terminalRoutes: readonly RouteDefinition[] = [create, renew, saveImage];
