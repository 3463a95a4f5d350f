import type { Core } from '@strapi/types';
import { runListQuerySchema, runSchema, statisticsSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute } from '../../http/define-route';
import { skillsOf, viewerOf, type SkillViewer } from '../skills';
import { versionsOf } from '../versions';
import { runSeenBy } from './access';
import { RunsController } from './controller';
import { runsOf } from './runs-of';
import type { RunScope } from './repository/run-list';
import { eventsQuerySchema, fileParamsSchema, runParamsSchema } from './route-inputs';

const controller = 'run-admin';
const answered = { run: z.object({ data: runSchema }) };

function seen(strapi: Core.Strapi, id: string, viewer: SkillViewer) {
  return runSeenBy({ runs: runsOf(strapi), skills: skillsOf(strapi) }, id, viewer);
}

function scopeOf(strapi: Core.Strapi, viewer: SkillViewer): RunScope {
  return { visibleSkills: (knex) => skillsOf(strapi).visibleIds(knex, viewer) };
}

function handlers(strapi: Core.Strapi): RunsController {
  return new RunsController(strapi, 'admin');
}

const start = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/runs',
  controller,
  action: 'create',
  permission: 'runs.start',
  input: { params: runParamsSchema },
  output: answered.run,
  status: 201,
  async handler({ ctx, strapi, params, actor }) {
    const viewer = viewerOf(ctx);
    const skill = await skillsOf(strapi).get(params.id, viewer);
    const versions = versionsOf(strapi);
    const chooseVersion = (number: number | undefined) =>
      number === undefined ? versions.get(skill.current.id) : versions.getByNumber(skill.id, number);
    return handlers(strapi).start(ctx, { skill, chooseVersion, actor, origin: 'panel' }, viewer);
  },
});

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs',
  controller,
  action: 'find',
  permission: 'runs.read',
  input: { query: runListQuerySchema },
  handler({ ctx, strapi, query }) {
    const viewer = viewerOf(ctx);
    return handlers(strapi).list(query, scopeOf(strapi, viewer), viewer);
  },
});

const starters = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/starters',
  controller,
  action: 'starters',
  permission: 'runs.read',
  async handler({ ctx, strapi }) {
    return { data: await runsOf(strapi).starters(scopeOf(strapi, viewerOf(ctx))) };
  },
});

const read = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id',
  controller,
  action: 'findOne',
  permission: 'runs.read',
  input: { params: runParamsSchema },
  output: answered.run,
  async handler({ ctx, strapi, params }) {
    const viewer = viewerOf(ctx);
    return handlers(strapi).answer(await seen(strapi, params.id, viewer), viewer);
  },
});

const events = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/events',
  controller,
  action: 'events',
  permission: 'runs.read',
  input: { params: runParamsSchema, query: eventsQuerySchema },
  async handler({ ctx, strapi, params, query }) {
    const run = await seen(strapi, params.id, viewerOf(ctx));
    return handlers(strapi).events(ctx, run, query, () => seen(strapi, params.id, viewerOf(ctx)));
  },
});

const artifact = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/artifacts/*name',
  controller,
  action: 'artifact',
  permission: 'runs.read',
  input: { params: fileParamsSchema },
  async handler({ ctx, strapi, params }) {
    const run = await seen(strapi, params.id, viewerOf(ctx));
    await handlers(strapi).file(ctx, run, 'artifact', params.name);
  },
});

const inputFile = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/input-files/*name',
  controller,
  action: 'inputFile',
  permission: 'runs.read',
  input: { params: fileParamsSchema },
  async handler({ ctx, strapi, params }) {
    const run = await seen(strapi, params.id, viewerOf(ctx));
    await handlers(strapi).file(ctx, run, 'input', params.name);
  },
});

const cancel = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/runs/:id/cancellation',
  controller,
  action: 'cancel',
  permission: 'runs.cancel',
  input: { params: runParamsSchema },
  output: answered.run,
  async handler({ ctx, strapi, params }) {
    const viewer = viewerOf(ctx);
    return handlers(strapi).cancel(await seen(strapi, params.id, viewer), viewer);
  },
});

const statistics = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/statistics',
  controller,
  action: 'statistics',
  permission: 'runs.read',
  output: z.object({ data: statisticsSchema }),
  async handler({ strapi }) {
    const { all, active } = await skillsOf(strapi).count();
    return { data: { skills: all, activeSkills: active, ...(await runsOf(strapi).statistics()) } };
  },
});

export const adminRunRoutes = [start, list, starters, read, events, artifact, inputFile, cancel, statistics];
