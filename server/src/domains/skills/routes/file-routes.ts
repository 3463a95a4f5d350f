import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { configOf } from '../../../config';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { sendFile } from '../../../http/file-response';
import { parseInput } from '../../../http/invalid-input';
import { readRawBody } from '../../../http/raw-body';
import { versionsOf, type FileChange } from '../../versions';
import { skillsOf } from '../access';
import { viewerOf } from '../skill-viewer';
import { currentOf, detailOf, fileParams, idParams } from './admin-route';

const controller = 'admin-skill-files';

const editSchema = z.object({ versionId: z.string().min(1), revision: z.number().int() });

/** Which version an edit of a file was made on; requests whose body is the file say it in headers. */
const editHeaders = z.object({
  'x-version-id': z.string().min(1),
  'x-version-revision': z.coerce.number().int(),
});

interface Edit {
  id: string;
  versionId: string;
  revision: number;
  actor: Actor;
}

function editFromHeaders(ctx: Context): { versionId: string; revision: number } {
  const headers = parseInput(editHeaders, ctx.headers);
  return { versionId: headers['x-version-id'], revision: headers['x-version-revision'] };
}

/** Changes files of a skill, and answers the version that holds the change. */
export async function applyChanges(
  strapi: Core.Strapi,
  ctx: Context,
  { id, versionId, revision, actor }: Edit,
  changes: readonly FileChange[],
) {
  const viewer = viewerOf(ctx);
  const skill = await skillsOf(strapi).get(id, viewer);
  const version = await skillsOf(strapi).changeFiles(skill, { versionId, revision, changes, author: actor });
  const after = await skillsOf(strapi).get(skill.id, viewer);
  return { data: await detailOf(strapi, { skill: after, version }) };
}

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/files',
  controller,
  action: 'list',
  permission: 'skills.read',
  input: { params: idParams },
  async handler({ strapi, ctx, params }) {
    return { data: await detailOf(strapi, await currentOf(strapi, params.id, viewerOf(ctx))) };
  },
});

const read = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/files/*path',
  controller,
  action: 'read',
  permission: 'skills.read',
  input: { params: fileParams },
  async handler({ strapi, ctx, params }) {
    const { version } = await currentOf(strapi, params.id, viewerOf(ctx));
    const { file, content } = await versionsOf(strapi).open(version, params.path);
    await sendFile(ctx, {
      name: file.path,
      digest: file.digest,
      size: file.size,
      inline: ctx.query.download === undefined,
      open: () => content,
    });
  },
});

const write = defineRoute({
  api: 'admin',
  method: 'PUT',
  path: '/skills/:id/files/*path',
  controller,
  action: 'write',
  permission: 'skills.update',
  input: { params: fileParams },
  async handler({ strapi, ctx, params: { id, path }, actor }) {
    const edit = { id, actor, ...editFromHeaders(ctx) };
    const content = await readRawBody(ctx, configOf(strapi).bundle.maxFileBytes);
    return applyChanges(strapi, ctx, edit, [{ type: 'put', path, content }]);
  },
});

const remove = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/skills/:id/files/*path',
  controller,
  action: 'remove',
  permission: 'skills.update',
  input: { params: fileParams },
  handler({ strapi, ctx, params: { id, path }, actor }) {
    return applyChanges(strapi, ctx, { id, actor, ...editFromHeaders(ctx) }, [{ type: 'remove', path }]);
  },
});

const move = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/file-moves',
  controller,
  action: 'move',
  permission: 'skills.update',
  input: {
    params: idParams,
    body: editSchema.extend({ from: z.string().min(1), to: z.string().min(1) }),
  },
  handler({ strapi, ctx, params: { id }, body: { from, to, ...edit }, actor }) {
    return applyChanges(strapi, ctx, { id, actor, ...edit }, [{ type: 'rename', from, to }]);
  },
});

export const fileRoutes: readonly RouteDefinition[] = [list, read, write, remove, move];
export { editSchema };
