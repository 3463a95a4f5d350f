import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { z } from 'zod';
import type { RouteDefinition } from './define-route';

type Handler = (ctx: Context) => Promise<void>;

export interface AssembledRoutes {
  controllers: Record<string, (options: { strapi: Core.Strapi }) => Record<string, Handler>>;
  /** Functions, so that each Strapi instance gets records of its own: it writes into them. */
  routes: Record<string, () => { type: 'admin' | 'content-api'; prefix?: string; routes: Core.RouteInput[] }>;
}

/**
 * Turns definitions into the controllers and routers that Strapi's loader reads. The content API's routes appear in API
 * tokens and users-permissions as `plugin::skills.<controller>.<action>`.
 */
export function assembleRoutes(definitions: readonly RouteDefinition[]): AssembledRoutes {
  refuseDuplicates(definitions);
  const ordered = [...definitions].sort(bySpecificity);
  return {
    controllers: controllersOf(ordered),
    routes: {
      admin: () => ({ type: 'admin', routes: ordered.filter(({ api }) => api === 'admin').map(adminRoute) }),
      'content-api': () => ({
        type: 'content-api',
        prefix: '',
        routes: ordered.filter(({ api }) => api === 'content').map(contentRoute),
      }),
    },
  };
}

function refuseDuplicates(definitions: readonly RouteDefinition[]): void {
  const seen = new Set<string>();
  for (const { api, method, path, controller, action } of definitions) {
    for (const key of [`${controller}.${action}`, `${api} ${method} ${path}`]) {
      if (seen.has(key)) throw new Error(`Two routes claim ${key}.`);
      seen.add(key);
    }
  }
}

function controllersOf(definitions: readonly RouteDefinition[]): AssembledRoutes['controllers'] {
  const names = [...new Set(definitions.map(({ controller }) => controller))];
  return Object.fromEntries(
    names.map((name) => {
      const actions = definitions.filter(({ controller }) => controller === name);
      return [
        name,
        ({ strapi }) =>
          Object.fromEntries(
            actions.map((route) => [route.action, (ctx: Context) => route.handle(strapi, ctx)]),
          ),
      ];
    }),
  );
}

function adminRoute(route: RouteDefinition): Core.RouteInput {
  return {
    method: route.method,
    path: routerPath(route.path),
    handler: `${route.controller}.${route.action}`,
    config: {
      policies: [
        'admin::isAuthenticatedAdmin',
        {
          name: 'admin::hasPermissions',
          config: { actions: [`plugin::skills.${route.permission}`] },
        },
      ],
    },
  };
}

function contentRoute(route: RouteDefinition): Core.RouteInput {
  const { params, query, body, output } = route.documentation;
  return {
    method: route.method,
    path: routerPath(route.path),
    handler: `${route.controller}.${route.action}`,
    config: { prefix: '', ...(route.auth === 'signature' ? { auth: false } : {}) },
    request: {
      ...(params instanceof z.ZodObject ? { params: params.shape } : {}),
      ...(query instanceof z.ZodObject ? { query: query.shape } : {}),
      ...(body ? { body: { 'application/json': body } } : {}),
    },
    ...(output ? { response: output } : {}),
  };
}

/** `*rest` in the words of the router's path-to-regexp 6. */
function routerPath(path: string): string {
  return path.replace(/\*([a-z]+)$/i, ':$1(.+)');
}

/** The router takes the first route that fits: fixed segments go before parameters, and those before the rest of a path. */
function bySpecificity(a: RouteDefinition, b: RouteDefinition): number {
  const [left, right] = [ranks(a.path), ranks(b.path)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function ranks(path: string): string {
  const rank = (segment: string) => (segment.startsWith('*') ? '3' : segment.startsWith(':') ? '2' : '1');
  return path.split('/').slice(1).map(rank).join('');
}
