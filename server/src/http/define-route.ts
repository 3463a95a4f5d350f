import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { actorOf } from './actor';
import { errorResponse } from './error-response';
import { parseInput } from './invalid-input';
import { removeUploads } from './uploads';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler is given: validated input, and who asks. */
export interface RouteRequest<Params, Query, Body> {
  ctx: Context;
  strapi: Core.Strapi;
  params: Params;
  query: Query;
  body: Body;
  actor: Actor;
}

/** How a route is guarded. Each API has its own way, and no route goes without. */
type Guard =
  /** The backoffice's door: an RBAC action without the plugin's prefix (`skills.read`). */
  | { api: 'admin'; permission: string }
  /** The agents' door: the grant is the route's own `controller.action`, for API tokens and users-permissions. */
  | { api: 'content' }
  /** A callback, which the handler authenticates by its signature. */
  | { api: 'content'; auth: 'signature' };

export type RouteSpec<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Guard & {
  method: Method;
  /** Below `/skills` (admin) or `/api` (content). `*name` at the end takes the rest of the path, slashes included. */
  path: string;
  controller: string;
  action: string;
  input?: { params?: Params; query?: Query; body?: Body };
  /** Documents the answer's body; it is not enforced. */
  output?: z.ZodType;
  /** Of an answer with a body; 200 unless told. An answer without one is 204. */
  status?: number;
  /**
   * Answers the body, or `undefined` when there is none or when it has set `ctx.body` itself (streams).
   * Files of a multipart body are removed once it has answered.
   */
  handler(request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>): unknown;
};

/** A route as `assembleRoutes` takes it: every difference in input types is gone. */
export interface RouteDefinition {
  readonly api: 'admin' | 'content';
  readonly method: Method;
  readonly path: string;
  readonly controller: string;
  readonly action: string;
  readonly permission?: string;
  readonly auth?: 'signature';
  readonly documentation: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; output?: z.ZodType };
  /** Answers a request, errors included: it never rejects. */
  handle(strapi: Core.Strapi, ctx: Context): Promise<void>;
}

const nothing = z.unknown();

/**
 * Defines a route of either API: who may call it, what it takes, what it answers. Throws at once when nobody guards it.
 * Input that does not fit is 400 `invalid-input` with the path of the field, before the handler sees it.
 */
export function defineRoute<
  Params extends z.ZodType = z.ZodUnknown,
  Query extends z.ZodType = z.ZodUnknown,
  Body extends z.ZodType = z.ZodUnknown,
>(spec: RouteSpec<Params, Query, Body>): RouteDefinition {
  const name = `${spec.method} ${spec.path}`;
  if (spec.api === 'admin' && !spec.permission) throw new Error(`The admin route ${name} has no permission.`);
  const { params, query, body } = spec.input ?? {};

  async function respond(strapi: Core.Strapi, ctx: Context): Promise<void> {
    const answer = await spec.handler({
      ctx,
      strapi,
      params: parseInput(params ?? nothing, ctx.params) as z.output<Params>,
      query: parseInput(query ?? nothing, ctx.query) as z.output<Query>,
      body: parseInput(body ?? nothing, ctx.request.body ?? {}) as z.output<Body>,
      actor: await actorOf(strapi, ctx),
    });
    if (answer !== undefined) {
      ctx.status = spec.status ?? 200;
      ctx.body = answer;
    } else if (ctx.body === undefined && !hasStatus(ctx)) {
      ctx.status = 204;
    }
  }

  return {
    api: spec.api,
    method: spec.method,
    path: spec.path,
    controller: spec.controller,
    action: spec.action,
    ...('permission' in spec ? { permission: spec.permission } : {}),
    ...('auth' in spec ? { auth: spec.auth } : {}),
    documentation: { params, query, body, output: spec.output },

    async handle(strapi, ctx) {
      try {
        await respond(strapi, ctx);
      } catch (error) {
        answerError(strapi, ctx, name, error);
      } finally {
        await removeUploads(ctx, strapi.log);
      }
    },
  };
}

/** Whether the handler has chosen a status, such as 304, itself: Koa's own beginning is 404. */
function hasStatus(ctx: Context): boolean {
  return ctx.status !== 404;
}

function answerError(strapi: Core.Strapi, ctx: Context, route: string, error: unknown): void {
  const { status, body, headers, unexpected } = errorResponse(error);
  if (unexpected) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    strapi.log.error(`${route} (${ctx.path}) failed: ${stack}`);
  }
  // What a handler had set for its own answer does not describe the error.
  for (const header of ['ETag', 'Content-Disposition', 'Content-Type', 'Content-Length']) ctx.remove(header);
  ctx.set(headers);
  ctx.status = status;
  ctx.body = body;
}
