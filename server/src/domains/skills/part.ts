import { v7 as uuid } from 'uuid';
import { configOf } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { databaseOf } from '../../platform/database';
import { versionsOf } from '../versions';
import { kinds, skillsOf } from './access';
import { skillContentType } from './content-type';
import { createSkillImports } from './imports';
import { skillsMigrations, skillsTables } from './migrations';
import { skillPermissions } from './permissions';
import { skillRoutes } from './routes';
import { createSkillsService } from './service';

export const skillsPart: PluginPart = {
  contentTypes: { skill: skillContentType },
  migrations: skillsMigrations,
  tables: skillsTables,
  permissions: skillPermissions,
  routes: skillRoutes,
  services: {
    skills: ({ strapi }) =>
      createSkillsService({
        database: databaseOf(strapi),
        versions: versionsOf(strapi),
        kinds,
        clock: Date.now,
        newId: uuid,
      }),
    imports: ({ strapi }) =>
      createSkillImports({
        skills: skillsOf(strapi),
        versions: versionsOf(strapi),
        limits: configOf(strapi).bundle,
      }),
  },
};
