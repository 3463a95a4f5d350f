import { findingSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../http/define-route';
import { InvalidError } from '../../../http/errors';
import { versionsOf } from '../../versions';
import { kinds, skillsOf } from '../access';
import { frontmatterChanges, frontmatterValuesSchema } from '../kinds/bundle';
import type { RepairSelection } from '../kinds/kind';
import { viewerOf } from '../skill-viewer';
import { contentOf } from '../version-content';
import { idParams } from './admin-route';
import { applyChanges, editSchema } from './file-routes';

const controller = 'admin-skill-mending';

const frontmatter = defineRoute({
  api: 'admin',
  method: 'PATCH',
  path: '/skills/:id/frontmatter',
  controller,
  action: 'frontmatter',
  permission: 'skills.update',
  input: { params: idParams, body: editSchema.extend({ values: frontmatterValuesSchema }) },
  async handler({ strapi, ctx, params: { id }, body: { values, ...edit }, actor }) {
    const skill = await skillsOf(strapi).get(id, viewerOf(ctx));
    if (skill.kind !== 'bundle') {
      throw new InvalidError('This kind of skill has no frontmatter.', { code: 'frontmatter-unsupported' });
    }
    const version = await versionsOf(strapi).get(skill.current.id);
    const changes = await frontmatterChanges(
      await contentOf(versionsOf(strapi), version, skill.alias),
      values,
    );
    return applyChanges(strapi, ctx, { id, actor, ...edit }, changes);
  },
});

/** `findings` names single ones by code and field, `codes` all of a code; without either, all are repaired. */
const repairsSchema = editSchema.extend({
  codes: z.array(z.string()).optional(),
  findings: z.array(findingSchema.pick({ code: true, field: true })).optional(),
});

function selectionOf({ codes, findings }: z.infer<typeof repairsSchema>): RepairSelection {
  return findings ?? codes?.map((code) => ({ code })) ?? 'all';
}

const repairs = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/skills/:id/repairs',
  controller,
  action: 'repairs',
  permission: 'skills.update',
  input: { params: idParams, body: repairsSchema },
  async handler({ strapi, ctx, params: { id }, body, actor }) {
    const skill = await skillsOf(strapi).get(id, viewerOf(ctx));
    const version = await versionsOf(strapi).get(skill.current.id);
    const content = await contentOf(versionsOf(strapi), version, skill.alias);
    const changes = await kinds.get(skill.kind).repair(content, selectionOf(body));
    const { versionId, revision } = body;
    return applyChanges(strapi, ctx, { id, actor, versionId, revision }, changes);
  },
});

export const mendingRoutes: readonly RouteDefinition[] = [frontmatter, repairs];
