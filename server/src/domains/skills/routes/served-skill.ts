import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { PublishedSkillDetail, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { skillsOf } from '../access';
import { agentViewerOf } from '../agent-viewer';
import { skillMissing } from '../refusals';
import type { ServedSkill, SkillRecord } from '../skill-record';

export type Served = SkillRecord & { published: ServedSkill };

/** A skill that the caller is served; anything else is 404, whatever there is. */
export async function getServed(strapi: Core.Strapi, ctx: Context, alias: string): Promise<Served> {
  const skill = await skillsOf(strapi).get(alias, await agentViewerOf(strapi, ctx));
  if (skill.published === null) throw skillMissing();
  return { ...skill, published: skill.published };
}

/** Over which connection a skill works is not its callers' business. */
export function servedMetadata({ provider, ...metadata }: SkillMetadata): PublishedSkillDetail['metadata'] {
  if (!provider) return metadata;
  const { providerId, skillTypeId, skillTypeName, settings } = provider;
  return { ...metadata, provider: { providerId, skillTypeId, skillTypeName, settings } };
}
