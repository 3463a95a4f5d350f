import { isUsable, pageQuerySchema, type ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { configOf } from '../../../config';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { InvalidError } from '../../../http/errors';
import { sendFile } from '../../../http/file-response';
import { pageOf } from '../../../http/pages';
import { connectionsOf } from '../../connections';
import { versionsOf } from '../../versions';
import { skillsOf } from '../access';
import { describeBundle } from '../imports';
import { readBundle } from '../kinds/bundle';
import { presentSkill } from '../skill-json';
import { viewerOf } from '../skill-viewer';
import { archiveQuery, sendArchive } from '../version-archive';
import { versionJson } from '../version-json';
import { detailOf, fileParams, idParams, versionOf } from './admin-route';
import { uploadedSource } from './uploaded-source';

const controller = 'admin-skill-versions';

const list = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/skills/:id/versions',
  controller,
  action: 'list',
  permission: 'skills.read',
  input: { params: idParams, query: pageQuerySchema },
  async handler({ strapi, ctx, params, query }) {
    const skill = await skillsOf(strapi).get(params.id, viewerOf(ctx));
    const { versions, total } = await versionsOf(strapi).list({ skillId: skill.id, ...query });
    return pageOf(
      versions.map((version) => versionJson(version, skill)),
      { ...query, total },
    );
  },
});

const upload = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/versions',
  controller,
  action: 'upload',
  permission: 'skills.update',
  input: { params: idParams },
  status: 201,
  async handler({ strapi, ctx, params, actor }) {
    const skills = skillsOf(strapi);
    const skill = await skills.get(params.id, viewerOf(ctx));
    if (skill.kind !== 'bundle') {
      throw new InvalidError('This kind of skill takes no bundle.', { code: 'upload-unsupported' });
    }
    const limits = configOf(strapi).bundle;
    const { source, sourceName, fields } = await uploadedSource(ctx, limits);
    const bundle = await readBundle(source, limits);
    const { findings } = await describeBundle(skills, bundle, skill.alias);
    if (!isUsable(findings)) {
      throw new InvalidError('The bundle has errors; mend them before it is uploaded.', {
        code: 'version-invalid',
        findings,
      });
    }
    const base = { source: sourceName, alias: skill.alias, skillId: skill.id, error: null };
    if (versionsOf(strapi).digestOf(bundle.files) === skill.current.digest) {
      const result: ImportResult = {
        ...base,
        outcome: 'unchanged',
        versionNumber: skill.current.number,
        findings,
      };
      return { data: result };
    }
    const note = fields.get('note')?.[0];
    const version = await skills.addVersion(skill, { files: bundle.files, note, author: actor });
    const result: ImportResult = {
      ...base,
      outcome: 'new-version',
      versionNumber: version.number,
      findings: version.findings,
    };
    return { data: result };
  },
});

const findOne = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/versions/:id',
  controller,
  action: 'findOne',
  permission: 'skills.read',
  input: { params: idParams },
  async handler({ strapi, ctx, params }) {
    return { data: await detailOf(strapi, await versionOf(strapi, params.id, viewerOf(ctx))) };
  },
});

const readFile = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/versions/:id/files/*path',
  controller,
  action: 'readFile',
  permission: 'skills.read',
  input: { params: fileParams },
  async handler({ strapi, ctx, params }) {
    const { version } = await versionOf(strapi, params.id, viewerOf(ctx));
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

const archive = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/versions/:id/archive',
  controller,
  action: 'archive',
  permission: 'skills.read',
  input: { params: idParams, query: archiveQuery },
  async handler({ strapi, ctx, params, query }) {
    const { skill, version } = await versionOf(strapi, params.id, viewerOf(ctx));
    await sendArchive(ctx, { versions: versionsOf(strapi), version, alias: skill.alias, ...query });
  },
});

const publish = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/versions/:id/publication',
  controller,
  action: 'publish',
  permission: 'skills.publish',
  input: { params: idParams, body: z.object({ note: z.string().trim().max(2_000).nullish() }) },
  async handler({ strapi, ctx, params, body, actor }) {
    const viewer = viewerOf(ctx);
    const { skill, version } = await versionOf(strapi, params.id, viewer);
    const published = await skillsOf(strapi).publish(skill, {
      versionId: version.id,
      note: body.note || null,
      author: actor,
    });
    return { data: versionJson(published, await skillsOf(strapi).get(skill.id, viewer)) };
  },
});

const withdraw = defineRoute({
  api: 'admin',
  method: 'DELETE',
  path: '/skills/:id/publication',
  controller,
  action: 'withdraw',
  permission: 'skills.publish',
  input: { params: idParams },
  async handler({ strapi, ctx, params }) {
    const skill = await skillsOf(strapi).get(params.id, viewerOf(ctx));
    const withdrawn = await skillsOf(strapi).withdraw(skill);
    return { data: await presentSkill(connectionsOf(strapi), withdrawn) };
  },
});

export const versionRoutes: readonly RouteDefinition[] = [
  list,
  upload,
  findOne,
  readFile,
  archive,
  publish,
  withdraw,
];
