import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';

interface Ability {
  can(action: string): boolean;
}

interface AuthResult {
  authenticated?: boolean;
  credentials?: unknown;
  ability?: Ability | null;
  error?: Error | null;
}

interface AuthState {
  strategy: { authenticate(ctx: Context): Promise<AuthResult | undefined> };
}

interface RouteState {
  config?: { auth?: unknown; policies?: (string | { name: string; config?: { actions?: string[] } })[] };
}

/** Rejects with 401 or 403 when the caller of the content API has not been granted an action (`plugin::skills.run.decide`). */
export async function assertGranted(strapi: Core.Strapi, ctx: Context, action: string): Promise<void> {
  await strapi.get('auth').verify(ctx.state.auth, { scope: [action] });
}

/**
 * Whether a request that was let in would be let in now: its session or token may have ended since, and its permissions may
 * have been taken away. For answers that live long, such as streams.
 */
export async function isStillAllowed(strapi: Core.Strapi, ctx: Context): Promise<boolean> {
  const auth: AuthState | undefined = ctx.state.auth;
  const route: RouteState = ctx.state.route ?? {};
  if (!auth) return route.config?.auth === false;
  const result = await auth.strategy.authenticate(ctx);
  if (!result?.authenticated || result.error) return false;
  const actions = (route.config?.policies ?? []).flatMap((policy) =>
    typeof policy === 'object' && policy.name === 'admin::hasPermissions'
      ? (policy.config?.actions ?? [])
      : [],
  );
  if (!actions.every((action) => result.ability?.can(action))) return false;
  try {
    const { strategy } = auth;
    await strapi.get('auth').verify({ ...result, strategy }, route.config?.auth ?? {});
    return true;
  } catch (error) {
    if (error instanceof errors.UnauthorizedError || error instanceof errors.ForbiddenError) return false;
    throw error;
  }
}
