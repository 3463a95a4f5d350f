import {
  pageQuerySchema,
  publishedSkillDetailSchema,
  publishedSkillListQuerySchema,
  publishedSkillSchema,
  type PublishedSkillListQuery,
} from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { MissingError } from '../../../http/errors';
import { isUnchanged, sendFile } from '../../../http/file-response';
import { pageOf } from '../../../http/pages';
import { versionsOf } from '../../versions';
import { kinds, skillsOf } from '../access';
import { isoTime, publishedSkillJson } from '../skill-json';
import { agentViewerOf } from '../agent-viewer';
import type { SkillViewer } from '../skill-viewer';
import type { SkillListRequest } from '../skills-service';
import { archiveQuery, sendArchive } from '../version-archive';
import { contentOf } from '../version-content';
import { getServed, servedMetadata, type Served } from './served-skill';

const controller = 'skill';

const aliasParams = z.object({ alias: z.string().min(1) });

/** Of kinds that are written as a form agents get what it says, not the file that it is kept in. */
function refuseForm(kind: string): void {
  if (kinds.get(kind).content === 'files') return;
  throw new MissingError('This kind of skill has no files.', { code: 'file-not-found' });
}

function requestOf(
  { sort, q, _q, ...query }: PublishedSkillListQuery,
  viewer: SkillViewer,
): SkillListRequest {
  const [by, direction = 'asc'] = sort.split(':');
  return {
    filter: {
      viewer,
      search: q ?? _q,
      tag: query.tag,
      category: query.category,
      kind: query.kind,
    },
    order: {
      by: by as SkillListRequest['order']['by'],
      descending: direction.toLowerCase() === 'desc',
    },
    page: query.page,
    pageSize: query.pageSize,
  };
}

const find = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills',
  controller,
  action: 'find',
  input: { query: publishedSkillListQuerySchema },
  output: z.object({ data: z.array(publishedSkillSchema) }),
  async handler({ strapi, ctx, query }) {
    const viewer = await agentViewerOf(strapi, ctx);
    const { skills, total } = await skillsOf(strapi).list(requestOf(query, viewer));
    const served = skills.filter((skill): skill is Served => skill.published !== null);
    return pageOf(served.map(publishedSkillJson), { ...query, total });
  },
});

const findOne = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias',
  controller,
  action: 'findOne',
  input: { params: aliasParams },
  output: z.object({ data: publishedSkillDetailSchema }),
  async handler({ strapi, ctx, params }) {
    const skill = await getServed(strapi, ctx, params.alias);
    if (isUnchanged(ctx, skill.published.digest)) return undefined;
    const version = await versionsOf(strapi).get(skill.published.id);
    const kind = kinds.get(skill.kind);
    return {
      data: {
        ...publishedSkillJson(skill),
        instructions: await kind.instructions(await contentOf(versionsOf(strapi), version, skill.alias)),
        metadata: servedMetadata(version.metadata),
        inputSchema: kind.inputSchema(version.metadata),
        files: kind.content === 'files' ? await versionsOf(strapi).files(version) : [],
      },
    };
  },
});

const readFile = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/files/*path',
  controller,
  action: 'readFile',
  input: { params: aliasParams.extend({ path: z.string().min(1) }) },
  async handler({ strapi, ctx, params }) {
    const { published, kind } = await getServed(strapi, ctx, params.alias);
    refuseForm(kind);
    const { file, content } = await versionsOf(strapi).open(published, params.path);
    await sendFile(ctx, {
      name: file.path,
      digest: file.digest,
      size: file.size,
      inline: ctx.query.download === undefined,
      open: () => content,
    });
  },
});

const archive = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/archive',
  controller,
  action: 'archive',
  input: { params: aliasParams, query: archiveQuery },
  async handler({ strapi, ctx, params, query }) {
    const skill = await getServed(strapi, ctx, params.alias);
    refuseForm(skill.kind);
    const version = await versionsOf(strapi).get(skill.published.id);
    await sendArchive(ctx, { versions: versionsOf(strapi), version, alias: skill.alias, ...query });
  },
});

const versions = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skills/:alias/versions',
  controller,
  action: 'versions',
  input: { params: aliasParams, query: pageQuerySchema },
  async handler({ strapi, ctx, params, query }) {
    const skill = await getServed(strapi, ctx, params.alias);
    const page = await versionsOf(strapi).list({ skillId: skill.id, publishedOnly: true, ...query });
    const items = page.versions.map((version) => ({
      number: version.number,
      label: version.label,
      digest: version.digest,
      note: version.note,
      isPublished: version.id === skill.published.id,
      publishedAt: version.publishedAt === null ? null : isoTime(version.publishedAt),
    }));
    return pageOf(items, { ...query, total: page.total });
  },
});

export const contentRoutes: readonly RouteDefinition[] = [find, findOne, readFile, archive, versions];
