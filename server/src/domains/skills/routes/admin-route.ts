import type { Core } from '@strapi/types';
import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { versionsOf, type VersionRecord } from '../../versions';
import type { SkillRecord } from '../skill-record';
import type { SkillViewer } from '../skill-viewer';
import { skillsOf } from '../access';
import { versionDetailJson } from '../version-json';

export const idParams = z.object({ id: z.string().min(1) });
export const fileParams = idParams.extend({ path: z.string().min(1) });

export interface SkillAndVersion {
  skill: SkillRecord;
  version: VersionRecord;
}

/** A skill with its current version. */
export async function currentOf(
  strapi: Core.Strapi,
  id: string,
  viewer: SkillViewer,
): Promise<SkillAndVersion> {
  const skill = await skillsOf(strapi).get(id, viewer);
  return { skill, version: await versionsOf(strapi).get(skill.current.id) };
}

/** A version by its id, with the skill that decides whether the viewer may see it. */
export async function versionOf(
  strapi: Core.Strapi,
  id: string,
  viewer: SkillViewer,
): Promise<SkillAndVersion> {
  const version = await versionsOf(strapi).get(id);
  return { skill: await skillsOf(strapi).get(version.skillId, viewer), version };
}

export async function detailOf(
  strapi: Core.Strapi,
  { skill, version }: SkillAndVersion,
): Promise<VersionDetail> {
  return versionDetailJson(version, skill, await versionsOf(strapi).files(version));
}
