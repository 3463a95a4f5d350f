import type { Core } from '@strapi/types';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { DeniedError } from '../../http/errors';
import { standingOf, type Standing } from '../../http/standing';
import { scopesOf } from './agent-viewer';
import { READ_PRIVATE, type SkillViewer } from './skill-viewer';

/** Something that goes on after the request that began it was answered, maybe for days. */
export interface StartedWork {
  startedBy: Actor;
  /** With whose eyes it was started: it never sees more than that. */
  viewer: SkillViewer;
}

/** What the caller must be allowed, through the door by which the work was started. */
export type NeededActions = Record<Exclude<SkillViewer['door'], 'server'>, string>;

/**
 * With whose eyes work goes on: the caller's, as their account, role, token and limits are now, and never with more than it was started
 * with. Rejects with 403 `caller-gone` when the caller would not be let in any more, and `caller-denied` when they may not do it any more.
 */
export async function viewerNow(
  strapi: Core.Strapi,
  { startedBy, viewer }: StartedWork,
  needed: NeededActions,
): Promise<SkillViewer> {
  if (viewer.door === 'server') return viewer;
  const standing = await standingOf(strapi, startedBy);
  if (!standing) throw callerGone();
  if (!standing.may(needed[viewer.door])) throw callerDenied();
  if (viewer.door === 'panel') return panelNow(viewer, standing);
  return { door: 'agents', scopes: within(viewer.scopes, await scopesOf(strapi, startedBy, standing.role)) };
}

function panelNow(
  viewer: Extract<SkillViewer, { door: 'panel' }>,
  { adminUser, may }: Standing,
): SkillViewer {
  // A token that belongs to somebody else now is no longer the caller's.
  if (adminUser !== viewer.userId) throw callerGone();
  return { ...viewer, seesPrivate: viewer.seesPrivate && may(READ_PRIVATE) };
}

/** What two limits leave; null is none. */
function within(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((scope) => other.includes(scope));
}

function callerGone(): DeniedError {
  return new DeniedError(
    'Whoever started this is gone, blocked or expired since: nothing more is done in that name.',
    {
      code: 'caller-gone',
    },
  );
}

function callerDenied(): DeniedError {
  return new DeniedError('Whoever started this may not run skills any more.', { code: 'caller-denied' });
}
