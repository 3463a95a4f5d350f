import { v7 as uuid } from 'uuid';
import { configOf } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { databaseOf } from '../../platform/database';
import { connectionsOf } from '../connections';
import { versionsOf } from '../versions';
import { kinds, placementsOf, scopeSubjectsOf, skillsOf, toolScopesOf } from './access';
import { skillContentType } from './content-type';
import { createSkillImports } from './imports';
import { placementsMigrations, placementsTables } from './kinds/bundle/hosting/placement-migrations';
import { createPlacementsRepository } from './kinds/bundle/hosting/placements-repository';
import { createPlacementsService } from './kinds/bundle/hosting/service';
import { skillsMigrations, skillsTables } from './migrations';
import { skillPermissions } from './permissions';
import { skillRoutes } from './routes';
import { createSkillTypes } from './skill-types';
import { createSkillsService } from './service';
import { createLimitsRepository } from './tool-scopes/limits-repository';
import { createScopeLimits } from './tool-scopes/scope-limits';
import { createToolScopes } from './tool-scopes/scope-registry';
import { createScopeSubjects } from './tool-scopes/scope-subjects';

export const skillsPart: PluginPart = {
  contentTypes: { skill: skillContentType },
  migrations: [...skillsMigrations, ...placementsMigrations],
  tables: [...skillsTables, ...placementsTables],
  permissions: skillPermissions,
  routes: skillRoutes,
  register({ strapi }) {
    // Two scopes of one name in the config end the boot here, not somebody's request later.
    toolScopesOf(strapi);
  },
  bootstrap({ strapi }) {
    connectionsOf(strapi).registerUsers((connectionId) => skillsOf(strapi).usersOfConnection(connectionId));
    connectionsOf(strapi).registerUsers((connectionId) =>
      placementsOf(strapi).usersOfConnection(connectionId),
    );
    skillsOf(strapi).registerPurge((skillId) => placementsOf(strapi).purge(skillId));
  },
  services: {
    skills: ({ strapi }) =>
      createSkillsService({
        database: databaseOf(strapi),
        versions: versionsOf(strapi),
        kinds,
        connections: connectionsOf(strapi),
        scopes: toolScopesOf(strapi),
        askTimeoutMs: configOf(strapi).connections.askTimeoutMs,
        clock: Date.now,
        newId: uuid,
      }),
    toolScopes: ({ strapi }) => createToolScopes(configOf(strapi).toolScopes),
    scopeSubjects: ({ strapi }) => createScopeSubjects(strapi),
    scopeLimits: ({ strapi }) =>
      createScopeLimits({
        repository: createLimitsRepository(databaseOf(strapi)),
        subjects: scopeSubjectsOf(strapi),
        scopes: toolScopesOf(strapi),
      }),
    skillTypes: ({ strapi }) =>
      createSkillTypes({
        connections: connectionsOf(strapi),
        askTimeoutMs: configOf(strapi).connections.askTimeoutMs,
        log: strapi.log,
      }),
    placements: ({ strapi }) =>
      createPlacementsService({
        database: databaseOf(strapi),
        repository: createPlacementsRepository(databaseOf(strapi)),
        versions: versionsOf(strapi),
        connections: connectionsOf(strapi),
        skills: skillsOf(strapi),
        log: strapi.log,
        newId: uuid,
        askTimeoutMs: configOf(strapi).connections.askTimeoutMs,
        uploadTimeoutMs: configOf(strapi).connections.idleTimeoutMs,
      }),
    imports: ({ strapi }) =>
      createSkillImports({
        skills: skillsOf(strapi),
        versions: versionsOf(strapi),
        limits: configOf(strapi).bundle,
      }),
  },
};
