import type { Core } from '@strapi/types';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { runListQuerySchema, runSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute } from '../../http/define-route';
import { MissingError } from '../../http/errors';
import { pageOf } from '../../http/pages';
import { agentViewerOf, skillsOf, type SkillRecord } from '../skills';
import { versionsOf, type VersionRecord } from '../versions';
import { runOwnedBy } from './access';
import { RunsController } from './controller';
import { answerChat, resumeChat } from './formats/ai-sdk/chat-runs';
import { runsOf } from './runs-of';
import {
  aliasParamsSchema,
  eventsQuerySchema,
  fileParamsSchema,
  runParamsSchema,
  streamFormatSchema,
} from './route-inputs';

const controller = 'run';

/** `skill` is told by the path, and all runs are the caller's own. */
const ownRunsQuerySchema = runListQuerySchema.omit({ skill: true, kind: true, startedBy: true });

function owned(strapi: Core.Strapi, id: string, actor: Actor) {
  return runOwnedBy({ runs: runsOf(strapi) }, id, actor);
}

function handlers(strapi: Core.Strapi): RunsController {
  return new RunsController(strapi, 'content');
}

/** Agents may name any version that was ever published; others do not exist for them. */
async function publishedVersion(
  strapi: Core.Strapi,
  skill: SkillRecord,
  number: number | undefined,
): Promise<VersionRecord> {
  const versions = versionsOf(strapi);
  const version =
    number === undefined
      ? await versions.get(skill.published?.id ?? skill.current.id)
      : await versions.getByNumber(skill.id, number);
  if (version.publishedAt !== null) return version;
  throw new MissingError(`There is no version ${version.number} of this skill.`, {
    code: 'version-not-found',
    path: ['version'],
  });
}

const start = defineRoute({
  api: 'content',
  method: 'POST',
  path: '/skills/:alias/runs',
  controller,
  action: 'create',
  input: { params: aliasParamsSchema, query: z.object({ format: streamFormatSchema }) },
  output: z.object({ data: runSchema }),
  status: 201,
  async handler({ ctx, strapi, params, query, actor }) {
    const viewer = await agentViewerOf(strapi, ctx);
    const skill = await skillsOf(strapi).get(params.alias, viewer);
    const chooseVersion = (number: number | undefined) => publishedVersion(strapi, skill, number);
    const asked = { skill, chooseVersion, actor, origin: 'api' } as const;
    if (query.format === 'ai-sdk') return answerChat(strapi, ctx, { ...asked, viewer });
    return handlers(strapi).start(ctx, asked, viewer);
  },
});

/** Where `DefaultChatTransport` looks for the stream of a chat that it had lost. */
const chatStream = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/runs/:chat/stream',
  controller,
  action: 'chatStream',
  input: { params: aliasParamsSchema.extend({ chat: z.string() }) },
  async handler({ ctx, strapi, params, actor }) {
    const skill = await skillsOf(strapi).get(params.alias, await agentViewerOf(strapi, ctx));
    await resumeChat(strapi, ctx, { skill, actor, chatId: params.chat });
  },
});

const listOwn = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/runs',
  controller,
  action: 'findOwn',
  input: { params: aliasParamsSchema, query: ownRunsQuerySchema },
  async handler({ ctx, strapi, params, query, actor }) {
    const viewer = await agentViewerOf(strapi, ctx);
    const skill = await skillsOf(strapi).get(params.alias, viewer);
    // Nobody can tell anonymous callers apart, so none of them is shown what others have run.
    if (actor.id === null) return pageOf([], { ...query, total: 0 });
    return handlers(strapi).list({ ...query, skill: skill.id }, { ownedBy: actor }, viewer);
  },
});

const read = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id',
  controller,
  action: 'findOne',
  input: { params: runParamsSchema },
  output: z.object({ data: runSchema }),
  async handler({ ctx, strapi, params, actor }) {
    const viewer = await agentViewerOf(strapi, ctx);
    return handlers(strapi).answer(await owned(strapi, params.id, actor), viewer);
  },
});

const events = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id/events',
  controller,
  action: 'events',
  input: { params: runParamsSchema, query: eventsQuerySchema },
  async handler({ ctx, strapi, params, query, actor }) {
    const run = await owned(strapi, params.id, actor);
    return handlers(strapi).events(ctx, run, query, () => owned(strapi, params.id, actor));
  },
});

const artifact = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id/artifacts/*name',
  controller,
  action: 'artifact',
  input: { params: fileParamsSchema },
  async handler({ ctx, strapi, params, actor }) {
    await handlers(strapi).file(ctx, await owned(strapi, params.id, actor), 'artifact', params.name);
  },
});

const cancel = defineRoute({
  api: 'content',
  method: 'POST',
  path: '/skill-runs/:id/cancellation',
  controller,
  action: 'cancel',
  input: { params: runParamsSchema },
  output: z.object({ data: runSchema }),
  async handler({ ctx, strapi, params, actor }) {
    const viewer = await agentViewerOf(strapi, ctx);
    return handlers(strapi).cancel(await owned(strapi, params.id, actor), viewer);
  },
});

export const contentRunRoutes = [start, chatStream, listOwn, read, events, artifact, cancel];
