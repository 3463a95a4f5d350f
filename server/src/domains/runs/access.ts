import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { MissingError } from '../../http/errors';
import { skillsOf, viewerOf, type SkillsService, type SkillViewer } from '../skills';
import type { RunRecord, RunWithFiles } from './run-record';
import { runsOf } from './runs-of';
import type { RunsService } from './service';

interface Domains {
  runs: Pick<RunsService, 'get'>;
  skills: Pick<SkillsService, 'find'>;
}

/** The same answer for a run that is not there and for one that the caller may not know of. */
function noSuchRun(): MissingError {
  return new MissingError('There is no such run.', { code: 'run-not-found' });
}

export function startedBy(actor: Actor, run: Pick<RunRecord, 'startedBy'>): boolean {
  return run.startedBy.type === actor.type && run.startedBy.id === actor.id;
}

/** A run in the backoffice: whoever sees its skill sees it. Rejects with 404 `run-not-found`. */
export async function runSeenBy(
  { runs, skills }: Domains,
  id: string,
  viewer: SkillViewer,
): Promise<RunWithFiles> {
  const run = await runs.get(id);
  if (!(await skills.find(run.skillId, viewer))) throw noSuchRun();
  return run;
}

/**
 * A run on the content API: its starter's alone. Anonymous callers have nothing but the run's id to show, which they alone
 * were told; they reach the runs of anonymous callers by it. Rejects with 404 `run-not-found`.
 */
export async function runOwnedBy(
  { runs }: Pick<Domains, 'runs'>,
  id: string,
  actor: Actor,
): Promise<RunWithFiles> {
  const run = await runs.get(id);
  if (!startedBy(actor, run)) throw noSuchRun();
  return run;
}

/** The run of a request of the admin API. Rejects as `runSeenBy` does. */
export function seenRun(strapi: Core.Strapi, ctx: Context, id: string): Promise<RunWithFiles> {
  return runSeenBy({ runs: runsOf(strapi), skills: skillsOf(strapi) }, id, viewerOf(ctx));
}

/** The run of a request of the content API. Rejects as `runOwnedBy` does. */
export function ownRun(strapi: Core.Strapi, id: string, actor: Actor): Promise<RunWithFiles> {
  return runOwnedBy({ runs: runsOf(strapi) }, id, actor);
}
