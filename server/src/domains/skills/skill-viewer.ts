import type { Context } from 'koa';
import type { Knex } from 'knex';
import { adminUserOf } from '../../http/actor';
import { toolScopesTable } from './migrations';
import type { SkillRecord } from './skill-record';

/**
 * Who looks at skills, and through which door. Whatever reads or changes a skill takes one, so that what an actor sees is
 * decided in this file alone.
 */
export type SkillViewer =
  /**
   * The backoffice: `org` skills, one's own, and everybody's with the permission `skills.read-private`. `userId` is a documentId:
   * no other sort of owner has the same.
   */
  | { readonly door: 'panel'; readonly userId: string; readonly seesPrivate: boolean }
  /**
   * Agents: what is served, and of that the published version alone. `scopes` is what the caller is limited to, null where there is no
   * limit: it then sees the skills that have tool scopes, all of them within the limit.
   */
  | { readonly door: 'agents'; readonly scopes: readonly string[] | null }
  /** The plugin itself and its commands on the server. */
  | { readonly door: 'server' };

export const serverViewer: SkillViewer = { door: 'server' };

export const READ_PRIVATE = 'plugin::skills.skills.read-private';

/** The viewer of a request of the admin API; an admin token sees what its owner sees, within the token's permissions. */
export function viewerOf(ctx: Context): SkillViewer {
  const ability: { can(action: string): boolean } = ctx.state.userAbility;
  return {
    door: 'panel',
    userId: adminUserOf(ctx).id ?? '',
    seesPrivate: ability.can(READ_PRIVATE),
  };
}

export function sees(viewer: SkillViewer, skill: SkillRecord): boolean {
  switch (viewer.door) {
    case 'server':
      return true;
    case 'agents':
      return isServed(skill) && isWithin(viewer.scopes, skill.toolScopes);
    case 'panel':
      return viewer.seesPrivate || skill.visibility === 'org' || skill.owner?.id === viewer.userId;
  }
}

/** Agents are served active, published skills of `org` visibility that are not archived. */
export function isServed(
  skill: Pick<SkillRecord, 'active' | 'archived' | 'visibility' | 'published'>,
): boolean {
  return skill.active && !skill.archived && skill.visibility === 'org' && skill.published !== null;
}

function isWithin(limit: readonly string[] | null, scopes: readonly string[]): boolean {
  return limit === null || (scopes.length > 0 && scopes.every((scope) => limit.includes(scope)));
}

/** `sees` as a condition on the rows of the skills' table. */
export function narrowToVisible(query: Knex.QueryBuilder, viewer: SkillViewer): void {
  if (viewer.door === 'agents') {
    void query.where('served', true);
    if (viewer.scopes !== null) narrowToScopes(query, viewer.scopes);
  }
  if (viewer.door === 'panel' && !viewer.seesPrivate) {
    void query.where((either) => {
      void either.where('visibility', 'org').orWhere('owner_id', viewer.userId);
    });
  }
}

/** Two subqueries that depend on nothing, so that each is worked out once and not for every row. */
function narrowToScopes(query: Knex.QueryBuilder, limit: readonly string[]): void {
  const scoped = (rows: Knex.QueryBuilder) => rows.select('skill_id').from(toolScopesTable);
  void query
    .whereIn('document_id', (rows: Knex.QueryBuilder) => void scoped(rows).whereIn('scope', [...limit]))
    .whereNotIn(
      'document_id',
      (rows: Knex.QueryBuilder) => void scoped(rows).whereNotIn('scope', [...limit]),
    );
}
