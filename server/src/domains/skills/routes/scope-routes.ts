import {
  scopeLimitSchema,
  scopeLimitUpdateSchema,
  scopeSubjectTypes,
  toolScopeSchema,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { scopeLimitsOf, toolScopesOf } from '../access';

const controller = 'admin-tool-scopes';

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/tool-scopes',
  controller,
  action: 'list',
  permission: 'skills.read',
  output: z.object({ data: z.array(toolScopeSchema) }),
  handler({ strapi }) {
    return { data: toolScopesOf(strapi).list() };
  },
});

const limits = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/scope-limits',
  controller,
  action: 'limits',
  permission: 'scope-limits.read',
  output: z.object({ data: z.array(scopeLimitSchema) }),
  async handler({ strapi }) {
    return { data: await scopeLimitsOf(strapi).list() };
  },
});

const setLimit = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/scope-limits/:subjectType/:subjectId',
  controller,
  action: 'setLimit',
  permission: 'scope-limits.update',
  input: {
    params: z.object({ subjectType: z.enum(scopeSubjectTypes), subjectId: z.string().min(1) }),
    body: scopeLimitUpdateSchema,
  },
  output: z.object({ data: scopeLimitSchema }),
  async handler({ strapi, params, body }) {
    const subject = { type: params.subjectType, id: params.subjectId };
    return { data: await scopeLimitsOf(strapi).set(subject, body.scopes) };
  },
});

export const scopeRoutes: readonly RouteDefinition[] = [list, limits, setLimit];
