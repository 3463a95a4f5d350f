import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { actorOf } from '../../http/actor';
import { scopeLimitsOf, scopeSubjectsOf } from './access';
import type { SkillViewer } from './skill-viewer';
import type { ScopeSubject } from './tool-scopes/limits-repository';

/**
 * The viewer of a request of the content API: with the limit of the token that it carries, or of its user's role; callers without
 * credentials have the Public role's. Admin tokens are limited by their permissions alone.
 */
export async function agentViewerOf(strapi: Core.Strapi, ctx: Context): Promise<SkillViewer> {
  return { door: 'agents', scopes: await scopesOf(strapi, await actorOf(strapi, ctx), roleOf(ctx)) };
}

/** The tool scopes that a caller is limited to; null where there is no limit. `role` is a user's. */
export async function scopesOf(
  strapi: Core.Strapi,
  actor: Actor,
  role: string | undefined,
): Promise<readonly string[] | null> {
  const subject = await subjectOf(strapi, actor, role);
  return subject ? scopeLimitsOf(strapi).limitOf(subject) : null;
}

async function subjectOf(
  strapi: Core.Strapi,
  { type, id }: Actor,
  role: string | undefined,
): Promise<ScopeSubject | undefined> {
  if (type === 'api-token' && id !== null) return { type: 'api-token', id };
  if (type === 'user' && role !== undefined) return { type: 'role', id: role };
  if (type !== 'public') return undefined;
  const publicRole = await scopeSubjectsOf(strapi).publicRole();
  return publicRole === undefined ? undefined : { type: 'role', id: publicRole };
}

/** Users-permissions reads the user with its role at each request. */
function roleOf(ctx: Context): string | undefined {
  const user: { role?: { documentId?: string } | null } | undefined = ctx.state.user;
  return user?.role?.documentId;
}
