import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import type { Context } from 'koa';
import { assembleRoutes } from './assemble-routes';
import { defineRoute } from './define-route';
import { ConflictError } from './errors';

const strapi = { log: { error: jest.fn(), warn: jest.fn() }, db: {} } as unknown as Parameters<
  ReturnType<typeof defineRoute>['handle']
>[0] & { log: { error: jest.Mock } };

/** A request as Koa hands it to a route, as far as a route looks at it. */
function request({
  params = {},
  query = {},
  body = {},
}: { params?: object; query?: object; body?: unknown } = {}) {
  const removed: string[] = [];
  const sent: Record<string, string> = {};
  const ctx = {
    params,
    query,
    path: '/skills/things',
    request: { body },
    state: {},
    status: 404,
    body: undefined as unknown,
    remove: (header: string) => removed.push(header),
    set: (headers: Record<string, string>) => Object.assign(sent, headers),
  };
  return { ctx, removed, sent, koa: ctx as unknown as Context };
}

const route = (handler: () => unknown, more: object = {}) =>
  defineRoute({
    api: 'admin',
    method: 'GET',
    path: '/things/:id',
    controller: 'things',
    action: 'findOne',
    permission: 'things.read',
    handler,
    ...more,
  });

describe('a route', () => {
  it('cannot be defined for the backoffice without a permission', () => {
    expect(() => route(() => undefined, { permission: '' })).toThrow('GET /things/:id has no permission');
  });

  it('answers what its handler answers, with its status', async () => {
    const { ctx, koa } = request();
    await route(() => ({ data: 1 }), { status: 201 }).handle(strapi, koa);
    expect([ctx.status, ctx.body]).toEqual([201, { data: 1 }]);
  });

  it('answers 204 when there is nothing to answer', async () => {
    const { ctx, koa } = request();
    await route(() => undefined).handle(strapi, koa);
    expect(ctx.status).toBe(204);
  });

  it('tells all faults of the input, the first one as its message', async () => {
    const { ctx, koa } = request({ query: { page: 'x', size: 0 } });
    const query = z.object({ page: z.coerce.number(), size: z.number().min(1) });
    const handler = jest.fn();
    await route(handler, { input: { query } }).handle(strapi, koa);
    expect(handler).not.toHaveBeenCalled();
    expect(ctx.body).toMatchObject({
      data: null,
      error: {
        status: 400,
        details: { code: 'invalid-input', path: ['page'], issues: [{ path: ['page'] }, { path: ['size'] }] },
      },
    });
  });

  it('tells a conflict as 409, with its details', async () => {
    const { ctx, koa } = request();
    await route(() => {
      throw new ConflictError('Too late.', { code: 'too-late', actual: 2 });
    }).handle(strapi, koa);
    expect([ctx.status, ctx.body]).toEqual([
      409,
      {
        data: null,
        error: {
          status: 409,
          name: 'ConflictError',
          message: 'Too late.',
          details: { code: 'too-late', actual: 2 },
        },
      },
    ]);
  });

  it('tells how long to wait when a vendor does', async () => {
    const { ctx, sent, koa } = request();
    const refuse = () => {
      throw new ProviderError({ code: 'rate-limited', message: 'Too much.', retryAfterMs: 1_200 });
    };
    await route(refuse).handle(strapi, koa);
    expect([ctx.status, sent]).toEqual([429, { 'Retry-After': '2' }]);
  });

  it('logs a bug with its route, and tells the caller nothing of it', async () => {
    const { ctx, koa, removed } = request();
    await route(() => Promise.reject(new Error('the secret is 42'))).handle(strapi, koa);
    expect(ctx.status).toBe(500);
    expect(JSON.stringify(ctx.body)).not.toContain('secret');
    expect(strapi.log.error.mock.calls.flat().join()).toMatch(/GET \/things\/:id .*the secret is 42/s);
    expect(removed).toContain('ETag');
  });
});

describe('assembled routes', () => {
  const get = (path: string, action: string, api: 'admin' | 'content' = 'admin') =>
    route(() => undefined, { path, action, api });

  it('put fixed paths before parameters, whatever the order of definition', () => {
    const { routes } = assembleRoutes([get('/a/*rest', 'rest'), get('/a/:id', 'one'), get('/a/b', 'fixed')]);
    expect(routes.admin?.().routes.map((each) => each.path)).toEqual(['/a/b', '/a/:id', '/a/:rest(.+)']);
  });

  it('guard the backoffice by RBAC, and name content routes by their grant', () => {
    const { routes } = assembleRoutes([get('/a', 'a'), get('/b', 'b', 'content')]);
    expect(routes.admin?.().routes[0]?.config?.policies).toContainEqual({
      name: 'admin::hasPermissions',
      config: { actions: ['plugin::skills.things.read'] },
    });
    expect(routes['content-api']?.().routes[0]).toMatchObject({
      handler: 'things.b',
      config: { prefix: '' },
    });
    expect(routes['content-api']?.().routes[0]?.config).not.toHaveProperty('auth');
  });

  it('are refused when two claim one path, or one action', () => {
    expect(() => assembleRoutes([get('/a', 'a'), get('/a', 'b')])).toThrow('Two routes claim admin GET /a');
    expect(() => assembleRoutes([get('/a', 'a'), get('/b', 'a')])).toThrow('Two routes claim things.a');
  });
});
