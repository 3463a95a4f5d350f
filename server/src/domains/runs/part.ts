import type { Core } from '@strapi/types';
import { configOf } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { blobsOf, type BlobReference } from '../../platform/blob-store';
import { databaseOf } from '../../platform/database';
import { eventBusOf } from '../../platform/event-bus';
import { runLinesOf } from '../../platform/run-queue';
import { sandboxOf } from '../../platform/sandbox';
import { connectionsOf } from '../connections';
import { kinds, placementsOf, skillsOf } from '../skills';
import { versionsOf } from '../versions';
import { createRuns } from './create-runs';
import { runsMigrations, runsTables } from './migrations';
import { runPermissions } from './permissions';
import { runRoutes } from './routes';
import { runsOf } from './runs-of';
import type { RunsService } from './service';

const blobReferences: readonly BlobReference[] = [{ table: 'skills_run_files', column: 'digest' }];

function createService(strapi: Core.Strapi): RunsService {
  const config = configOf(strapi);
  const { timeoutMs, memoryBytes, processes, diskBytes, outputBytes } = config.run;
  const { maxInputBytes, leaseMs, chatTimeoutMs } = config.run;
  return createRuns({
    database: databaseOf(strapi),
    blobs: blobsOf(strapi),
    lines: runLinesOf(strapi),
    bus: eventBusOf(strapi),
    versions: versionsOf(strapi),
    kindOf: (kind) => kinds.get(kind),
    connections: connectionsOf(strapi),
    hostedVersions: placementsOf(strapi),
    recordLastRun: (skillId, run) => skillsOf(strapi).recordLastRun(skillId, run),
    createSandbox: async (options) => (await sandboxOf(strapi).choose()).create(options),
    config: {
      limits: { timeMs: timeoutMs, memoryBytes, processes, diskBytes, outputBytes },
      allowNetwork: config.sandbox.allowNetwork,
      maxInputBytes,
      leaseMs,
      chatTimeoutMs,
      idleTimeoutMs: config.connections.idleTimeoutMs,
      prices: config.prices,
    },
    log: strapi.log,
  });
}

/** Choosing the sandbox removes what crashed servers left behind, and takes the first run's waiting away. */
function prepareSandbox(strapi: Core.Strapi): void {
  sandboxOf(strapi)
    .choose()
    .then(({ isolation }) => {
      if (!isolation)
        strapi.log.warn('Skills: this host has no sandbox that is strong enough, so runs fail.');
    })
    .catch((error: unknown) => strapi.log.error(`Skills: no sandbox could be chosen: ${String(error)}`));
}

export const runsPart: PluginPart = {
  migrations: runsMigrations,
  tables: runsTables,
  blobReferences,
  permissions: runPermissions,
  routes: runRoutes,
  services: { runs: ({ strapi }) => createService(strapi) },

  bootstrap({ strapi }) {
    const runs = runsOf(strapi);
    skillsOf(strapi).registerPurge((skillId) => runs.removeAllOfSkill(skillId));
    // A boot without a server, such as a command's, must not take work that it will not finish.
    strapi.server.httpServer.on('listening', () => {
      runs.workers.start();
      prepareSandbox(strapi);
    });
  },

  async destroy({ strapi }) {
    await runsOf(strapi).stop();
  },
};
