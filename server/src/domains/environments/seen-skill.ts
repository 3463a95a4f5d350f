import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { kinds, skillsOf, viewerOf, type SkillRecord } from '../skills';
import { environmentUnsupported } from './refusals';

/** A skill that the caller sees, of a kind that has an environment. Rejects with 404 `skill-not-found`, `environment-unsupported`. */
export async function seenSkill(strapi: Core.Strapi, ctx: Context, idOrAlias: string): Promise<SkillRecord> {
  const skill = await skillsOf(strapi).get(idOrAlias, viewerOf(ctx));
  if (kinds.get(skill.kind).content !== 'files') throw environmentUnsupported();
  return skill;
}
