import { createHash } from 'node:crypto';
import { skillToolSchema, toolDialects } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { configOf } from '../../../config';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { isUnchanged } from '../../../http/file-response';
import { connectionsOf } from '../../connections';
import { versionsOf } from '../../versions';
import { kinds } from '../access';
import { skillTool } from '../skill-tool';
import { getServed } from './served-skill';

const tool = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/tool',
  controller: 'skill',
  action: 'tool',
  input: {
    params: z.object({ alias: z.string().min(1) }),
    query: z.object({ dialect: z.enum(toolDialects) }),
  },
  output: z.object({ data: skillToolSchema }),
  async handler({ strapi, ctx, params, query }) {
    const { alias, kind, published } = await getServed(strapi, ctx, params.alias);
    const { metadata } = await versionsOf(strapi).get(published.id);
    const source = { alias, description: published.description, metadata };
    const data = await skillTool(kinds.get(kind), source, query.dialect, {
      connections: connectionsOf(strapi),
      askTimeoutMs: configOf(strapi).connections.askTimeoutMs,
    });
    // The adapter has a say in it, so that the version's digest would not tell when it changes.
    const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex');
    return isUnchanged(ctx, digest) ? undefined : { data };
  },
});

export const toolRoutes: readonly RouteDefinition[] = [tool];
