import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { actorOf } from '../../http/actor';
import { scopeLimitsOf, scopeSubjectsOf } from './access';
import type { SkillViewer } from './skill-viewer';
import type { ScopeSubject } from './tool-scopes/limits-repository';

/**
 * The viewer of a request of the content API: with the limit of the token that it carries, or of its user's role; callers without
 * credentials have the Public role's. Admin tokens are limited by their permissions alone.
 */
export async function agentViewerOf(strapi: Core.Strapi, ctx: Context): Promise<SkillViewer> {
  const subject = await subjectOf(strapi, ctx);
  return { door: 'agents', scopes: subject ? await scopeLimitsOf(strapi).limitOf(subject) : null };
}

async function subjectOf(strapi: Core.Strapi, ctx: Context): Promise<ScopeSubject | undefined> {
  const { type, id } = await actorOf(strapi, ctx);
  if (type === 'api-token' && id !== null) return { type: 'api-token', id };
  const role = type === 'user' ? roleOf(ctx) : undefined;
  if (role !== undefined) return { type: 'role', id: role };
  if (type !== 'public') return undefined;
  const publicRole = await scopeSubjectsOf(strapi).publicRole();
  return publicRole === undefined ? undefined : { type: 'role', id: publicRole };
}

/** Users-permissions reads the user with its role at each request. */
function roleOf(ctx: Context): string | undefined {
  const user: { role?: { documentId?: string } | null } | undefined = ctx.state.user;
  return user?.role?.documentId;
}
