import type { Context } from 'koa';
import type { Knex } from 'knex';
import { adminUserOf } from '../../http/actor';
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
  /** Agents: what is served, and of that the published version alone. */
  | { readonly door: 'agents' }
  /** The plugin itself and its commands on the server. */
  | { readonly door: 'server' };

export const serverViewer: SkillViewer = { door: 'server' };
export const agentViewer: SkillViewer = { door: 'agents' };

/** The viewer of a request of the admin API; an admin token sees what its owner sees, within the token's permissions. */
export function viewerOf(ctx: Context): SkillViewer {
  const ability: { can(action: string): boolean } = ctx.state.userAbility;
  return {
    door: 'panel',
    userId: adminUserOf(ctx).id ?? '',
    seesPrivate: ability.can('plugin::skills.skills.read-private'),
  };
}

export function sees(viewer: SkillViewer, skill: SkillRecord): boolean {
  switch (viewer.door) {
    case 'server':
      return true;
    case 'agents':
      return isServed(skill);
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

/** `sees` as a condition on the rows of the skills' table. */
export function narrowToVisible(query: Knex.QueryBuilder, viewer: SkillViewer): void {
  if (viewer.door === 'agents') void query.where('served', true);
  if (viewer.door === 'panel' && !viewer.seesPrivate) {
    void query.where((either) => {
      void either.where('visibility', 'org').orWhere('owner_id', viewer.userId);
    });
  }
}
