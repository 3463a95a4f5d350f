import type { Core } from '@strapi/types';
import { v7 as uuid } from 'uuid';
import { configOf } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { blobsOf } from '../../platform/blob-store';
import { databaseOf } from '../../platform/database';
import { encryptionOf } from '../../platform/encryption';
import { eventBusOf } from '../../platform/event-bus';
import { sandboxOf } from '../../platform/sandbox';
import { serverViewer, skillsOf } from '../skills';
import { versionsOf } from '../versions';
import { presentBuild } from './builds/build-record';
import { environmentBuildsOf } from './builds/builds-of';
import type { EnvironmentBuilds } from './builds/builds-service';
import { createBuildsRepository } from './builds/repository';
import { environmentBuildRoutes } from './builds/routes';
import { createEnvironmentBuilds } from './builds/service';
import { versionFiles } from './builds/version-files';
import { environmentsOf } from './environments-of';
import { environmentsBlobReferences, environmentsMigrations, environmentsTables } from './migrations';
import { environmentPermissions } from './permissions';
import { createEnvironmentsRepository } from './repository';
import { environmentRoutes } from './routes';
import { createEnvironmentsService } from './service';

/** Setup commands may write as much as makes the largest image, beside what any run may write. */
function createBuilds(strapi: Core.Strapi): EnvironmentBuilds {
  const { run, environment, sandbox } = configOf(strapi);
  const { memoryBytes, processes, outputBytes } = run;
  const diskBytes = run.diskBytes + environment.maxImageBytes;
  return createEnvironmentBuilds({
    repository: createBuildsRepository(databaseOf(strapi)),
    environments: environmentsOf(strapi),
    filesOf: (versionId) => versionFiles(versionsOf(strapi), versionId),
    createSandbox: async (options) => (await sandboxOf(strapi).choose()).create(options),
    limits: { timeMs: environment.setupTimeoutMs, memoryBytes, processes, diskBytes, outputBytes },
    hostsAllowed: sandbox.allowListedHosts,
    bus: eventBusOf(strapi),
    newId: uuid,
    log: strapi.log,
  });
}

export const environmentsPart: PluginPart = {
  migrations: environmentsMigrations,
  tables: environmentsTables,
  blobReferences: environmentsBlobReferences,
  permissions: environmentPermissions,
  routes: [...environmentRoutes, ...environmentBuildRoutes],
  services: {
    environmentBuilds: ({ strapi }) => createBuilds(strapi),
    environments: ({ strapi }) =>
      createEnvironmentsService({
        database: databaseOf(strapi),
        repository: createEnvironmentsRepository(databaseOf(strapi)),
        blobs: blobsOf(strapi),
        encryption: encryptionOf(strapi),
        maxImageBytes: configOf(strapi).environment.maxImageBytes,
        hostsAllowed: configOf(strapi).sandbox.allowListedHosts,
        assertSkill: (skillId) => skillsOf(strapi).get(skillId, serverViewer),
        lastBuild: async (skillId) => {
          const build = await environmentBuildsOf(strapi).last(skillId);
          return build ? presentBuild(build) : null;
        },
        removeBuilds: (skillId) => environmentBuildsOf(strapi).removeAllOfSkill(skillId),
        clock: Date.now,
      }),
  },
  bootstrap({ strapi }) {
    skillsOf(strapi).registerPurge((skillId) => environmentsOf(strapi).removeAllOfSkill(skillId));
  },
  async destroy({ strapi }) {
    await environmentBuildsOf(strapi).stop();
  },
};
