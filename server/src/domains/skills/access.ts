import type { Core } from '@strapi/types';
import type { SkillImports } from './imports';
import { bundleKind } from './kinds/bundle';
import type { PlacementsService } from './kinds/bundle/hosting/placements-service';
import { providerKind } from './kinds/provider';
import { createKindRegistry, type KindRegistry } from './kinds/registry';
import type { SkillTypes } from './skill-types';
import type { SkillsService } from './skills-service';
import type { ScopeLimits } from './tool-scopes/scope-limits';
import type { ToolScopes } from './tool-scopes/scope-registry';
import type { ScopeSubjects } from './tool-scopes/scope-subjects';

/** Every kind of skill there is: a new one is a folder beside the others, and a word here. */
export const kinds: KindRegistry = createKindRegistry([bundleKind, providerKind]);

export function skillsOf(strapi: Core.Strapi): SkillsService {
  return strapi.plugin('skills').service('skills');
}

export function importsOf(strapi: Core.Strapi): SkillImports {
  return strapi.plugin('skills').service('imports');
}

export function toolScopesOf(strapi: Core.Strapi): ToolScopes {
  return strapi.plugin('skills').service('toolScopes');
}

export function scopeLimitsOf(strapi: Core.Strapi): ScopeLimits {
  return strapi.plugin('skills').service('scopeLimits');
}

export function scopeSubjectsOf(strapi: Core.Strapi): ScopeSubjects {
  return strapi.plugin('skills').service('scopeSubjects');
}

export function skillTypesOf(strapi: Core.Strapi): SkillTypes {
  return strapi.plugin('skills').service('skillTypes');
}

export function placementsOf(strapi: Core.Strapi): PlacementsService {
  return strapi.plugin('skills').service('placements');
}
