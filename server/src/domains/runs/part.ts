import type { Core } from '@strapi/types';
import { configOf, type SkillsConfig } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { blobsOf, type BlobReference } from '../../platform/blob-store';
import { databaseOf } from '../../platform/database';
import { eventBusOf } from '../../platform/event-bus';
import { runLinesOf } from '../../platform/run-queue';
import { sandboxOf } from '../../platform/sandbox';
import { connectionsOf } from '../connections';
import { environmentsOf } from '../environments';
import { kinds, placementsOf, serverViewer, skillsOf, viewerNow } from '../skills';
import { threadsOf } from '../threads';
import { versionsOf } from '../versions';
import { runAgent } from './agent/run-agent';
import { createChangesService, type ChangesService } from './changes/changes-service';
import { createRunExport } from './formats/agentfs/run-exporter-of';
import { agentDefaultsOf } from './agent-defaults/access';
import { createAgentDefaults } from './agent-defaults/agent-defaults';
import { createRuns, type AgentsConfig } from './create-runs';
import { runsMigrations, runsTables } from './migrations';
import { runPermissions } from './permissions';
import { createThreadRuns } from './repository/thread-runs';
import { runRoutes } from './routes';
import { runsOf } from './runs-of';
import type { RunsService } from './service';

const blobReferences: readonly BlobReference[] = [
  { table: 'skills_run_files', column: 'digest' },
  { table: 'skills_run_states', column: 'state_digest' },
  { table: 'skills_run_states', column: 'files_digest' },
  { table: 'skills_run_changes', column: 'before_digest' },
  { table: 'skills_run_changes', column: 'after_digest' },
];

/** What a caller must be allowed for a run to go on in their name. */
const startActions = { panel: 'plugin::skills.runs.start', agents: 'plugin::skills.run.create' };

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
    skills: skillsOf(strapi),
    // What is no agent's starts no others.
    callerNow: async ({ startedBy, viewer }) =>
      viewerNow(strapi, { startedBy, viewer: viewer ?? serverViewer }, startActions),
    threads: threadsOf(strapi),
    kindOf: (kind) => kinds.get(kind),
    connections: connectionsOf(strapi),
    hostedVersions: placementsOf(strapi),
    agentChoices: {
      ofSkill: async (id) => (await skillsOf(strapi).get(id, serverViewer)).agent,
      ofPlugin: () => agentDefaultsOf(strapi).choice(),
    },
    recordLastRun: (skillId, run) => skillsOf(strapi).recordLastRun(skillId, run),
    runAgent,
    openEnvironment: (skillId) => environmentsOf(strapi).open(skillId),
    createSandbox: async (options) => (await sandboxOf(strapi).choose()).create(options),
    config: {
      limits: { timeMs: timeoutMs, memoryBytes, processes, diskBytes, outputBytes },
      contentLimits: config.bundle,
      allowNetwork: config.sandbox.allowNetwork,
      allowListedHosts: config.sandbox.allowListedHosts,
      maxInputBytes,
      leaseMs,
      chatTimeoutMs,
      idleTimeoutMs: config.connections.idleTimeoutMs,
      prices: config.prices,
      agents: agentsConfigOf(config),
    },
    log: strapi.log,
  });
}

function agentsConfigOf({ agent, bundle, run, environment }: SkillsConfig): AgentsConfig {
  const { maxSteps, maxTokens, maxTimeMs, maxCost, maxDepth, maxChildren } = agent;
  const { maxToolOutput, parallelCalls, waitMs } = agent;
  const { concurrency, vendorConcurrency, childAgentConcurrency } = run;
  return {
    budget: { steps: maxSteps, tokens: maxTokens, timeMs: maxTimeMs, cost: maxCost },
    limits: { maxToolOutput, parallelCalls, waitMs },
    maxDepth,
    maxChildren,
    childConcurrency: { sandbox: concurrency, vendor: vendorConcurrency, agent: childAgentConcurrency },
    // All that may lie in a sandbox, and what an archive adds to it.
    maxSavedBytes: 2 * (bundle.maxBytes + run.diskBytes + environment.maxImageBytes),
  };
}

function createChanges(strapi: Core.Strapi): ChangesService {
  return createChangesService({
    database: databaseOf(strapi),
    blobs: blobsOf(strapi),
    versions: versionsOf(strapi),
    skills: skillsOf(strapi),
    maxFileBytes: configOf(strapi).bundle.maxFileBytes,
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
  services: {
    runs: ({ strapi }) => createService(strapi),
    'run-changes': ({ strapi }) => createChanges(strapi),
    'run-export': ({ strapi }) => createRunExport(strapi),
    agentDefaults: ({ strapi }) =>
      createAgentDefaults({
        store: strapi.store,
        database: databaseOf(strapi),
        connections: connectionsOf(strapi),
      }),
  },

  bootstrap({ strapi }) {
    const runs = runsOf(strapi);
    skillsOf(strapi).registerPurge((skillId) => runs.removeAllOfSkill(skillId));
    connectionsOf(strapi).registerUsers((id) => agentDefaultsOf(strapi).usersOfConnection(id));
    threadsOf(strapi).registerRuns(createThreadRuns(databaseOf(strapi)));
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
