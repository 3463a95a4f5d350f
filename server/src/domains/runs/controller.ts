import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Page, Run, RunListQuery, RunSummary } from 'strapi-plugin-skills-shared/contracts';
import type { z } from 'zod';
import { resumeAfter, wantsEventStream } from '../../http/event-stream';
import { pageOf } from '../../http/pages';
import { sendFile } from '../../http/file-response';
import { blobsOf } from '../../platform/blob-store';
import { skillsOf, type SkillViewer } from '../skills';
import { presentRun, presentRuns } from './presentation';
import type { RunScope } from './repository/run-list';
import type { eventsQuerySchema } from './route-inputs';
import { hasEnded, type RunFileRole, type RunRecord, type RunWithFiles } from './run-record';
import { runsOf } from './runs-of';
import type { RunsService } from './service';
import { startFromRequest, type StartContext } from './starting/start-from-request';
import { runPath, streamRun, type RunDoor } from './stream-run';

/** What both APIs do with runs, once their own rules have said that the caller may. */
export class RunsController {
  readonly #strapi: Core.Strapi;
  readonly #runs: RunsService;

  readonly #door: RunDoor;

  constructor(strapi: Core.Strapi, door: RunDoor) {
    this.#strapi = strapi;
    this.#door = door;
    this.#runs = runsOf(strapi);
  }

  async start(
    ctx: Context,
    start: Omit<StartContext, 'viewer'>,
    viewer: SkillViewer,
  ): Promise<{ data: Run } | undefined> {
    const limits = this.#strapi.config.get<{ maxInputFileBytes: number }>('plugin::skills.run');
    const options = { runs: this.#runs, blobs: blobsOf(this.#strapi), limits };
    const { run, replayed } = await startFromRequest(ctx, options, { ...start, viewer });
    ctx.set('Location', runPath(this.#strapi, this.#door, run.id));
    if (replayed) ctx.set('Idempotent-Replayed', 'true');
    if (!wantsEventStream(ctx)) return this.answer(await this.#runs.get(run.id), viewer);
    const assertSeen = () => this.#runs.get(run.id);
    streamRun(this.#strapi, ctx, { run, after: resumeAfter(ctx, 0), door: this.#door, assertSeen });
    return undefined;
  }

  async list(query: RunListQuery, scope: RunScope, viewer: SkillViewer): Promise<Page<RunSummary>> {
    const skills = skillsOf(this.#strapi);
    // A skill that the caller does not see has no runs for it either.
    const skill = query.skill === undefined ? undefined : await skills.find(query.skill, viewer);
    if (query.skill !== undefined && !skill) return pageOf([], { ...query, total: 0 });
    const { runs, total } = await this.#runs.list({ ...query, skill: skill?.id }, scope);
    return pageOf(await presentRuns(skills, runs, viewer), { ...query, total });
  }

  async answer(run: RunWithFiles, viewer: SkillViewer): Promise<{ data: Run }> {
    return { data: await presentRun(skillsOf(this.#strapi), run, viewer) };
  }

  /** A page of JSON, or a stream. `assertSeen` rejects as soon as the caller may not see the run any more. */
  async events(
    ctx: Context,
    run: RunRecord,
    query: z.output<typeof eventsQuerySchema>,
    assertSeen: () => Promise<unknown>,
  ) {
    const { format } = query;
    if (format === undefined && !wantsEventStream(ctx)) {
      const { events, lastSeq, ended } = await this.#runs.events(
        run.id,
        query.after,
        query.limit,
        query.before,
      );
      return { data: events, meta: { lastSeq, ended } };
    }
    const after = resumeAfter(ctx, query.after);
    // There is nothing more to come: 204 tells an EventSource not to come again.
    if (hasEnded(run.status) && after >= run.lastSeq) return undefined;
    streamRun(this.#strapi, ctx, { run, after, format, door: this.#door, assertSeen });
    return undefined;
  }

  async file(ctx: Context, run: RunRecord, role: RunFileRole, name: string): Promise<void> {
    const { file, open } = await this.#runs.findFile(run.id, role, name);
    await sendFile(ctx, { ...file, inline: ctx.query.download === undefined, open });
  }

  async cancel(run: RunRecord, viewer: SkillViewer): Promise<{ data: Run }> {
    await this.#runs.cancel(run.id);
    return this.answer(await this.#runs.get(run.id), viewer);
  }
}
