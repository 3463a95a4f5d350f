import { v7 as uuid } from 'uuid';
import type { PluginPart } from '../../http/plugin-part';
import { databaseOf } from '../../platform/database';
import { skillsOf } from '../skills';
import { threadsMigrations, threadsTables } from './migrations';
import { createThreadsRepository } from './repository';
import { threadRoutes } from './routes';
import { createThreadsService } from './service';
import { threadsOf } from './threads-of';

/** Threads are read and written with the permissions of the runs in them. */
export const threadsPart: PluginPart = {
  migrations: threadsMigrations,
  tables: threadsTables,
  routes: threadRoutes,
  services: {
    threads: ({ strapi }) =>
      createThreadsService({
        database: databaseOf(strapi),
        repository: createThreadsRepository(databaseOf(strapi)),
        clock: Date.now,
        newId: uuid,
      }),
  },
  bootstrap({ strapi }) {
    skillsOf(strapi).registerPurge((skillId) => threadsOf(strapi).removeAllOfSkill(skillId));
  },
};
