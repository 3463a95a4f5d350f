import type { Core } from '@strapi/types';
import type { SkillImports } from './imports';
import { bundleKind } from './kinds/bundle';
import { createKindRegistry, type KindRegistry } from './kinds/registry';
import type { SkillsService } from './skills-service';

/** Every kind of skill there is: a new one is a folder beside the others, and a word here. */
export const kinds: KindRegistry = createKindRegistry([bundleKind]);

export function skillsOf(strapi: Core.Strapi): SkillsService {
  return strapi.plugin('skills').service('skills');
}

export function importsOf(strapi: Core.Strapi): SkillImports {
  return strapi.plugin('skills').service('imports');
}
