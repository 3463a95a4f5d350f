import type { Core } from '@strapi/types';
import { configOf } from './config';
import type { PluginPart } from './http/plugin-part';
import {
  blobStoreMigrations,
  blobStoreTables,
  createDatabaseBlobStore,
  type BlobReference,
} from './platform/blob-store';
import { createDatabase, databaseOf } from './platform/database';
import { createEncryption } from './platform/encryption';
import { createInProcessEventBus, eventBusOf } from './platform/event-bus';
import { createGuardedFetch, guardedFetchOf } from './platform/guarded-fetch';
import { createInProcessRunQueue, type RunQueue } from './platform/run-queue';
import {
  chooseSandbox,
  createBubblewrap,
  createJustBash,
  createSandboxChoice,
  sandboxOf,
} from './platform/sandbox';

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function queueOf(strapi: Core.Strapi, concurrency: number): RunQueue {
  const onError = (error: unknown, runId: string) => strapi.log.error(`Run ${runId}: ${textOf(error)}`);
  return createInProcessRunQueue({ concurrency, onError });
}

/** The ports that every domain stands on. The blob store must know who refers to blobs, or it would collect what is in use. */
export function platformPart(references: readonly BlobReference[]): PluginPart {
  return {
    migrations: blobStoreMigrations,
    tables: blobStoreTables,
    services: {
      database: ({ strapi }) => createDatabase(strapi),
      blobs: ({ strapi }) => createDatabaseBlobStore({ database: databaseOf(strapi), references }),
      eventBus: ({ strapi }) =>
        createInProcessEventBus({ onError: (error) => strapi.log.error(`Event bus: ${textOf(error)}`) }),
      runQueue: ({ strapi }) => queueOf(strapi, configOf(strapi).run.concurrency),
      agentRunQueue: ({ strapi }) => queueOf(strapi, configOf(strapi).run.agentConcurrency),
      vendorRunQueue: ({ strapi }) => queueOf(strapi, configOf(strapi).run.vendorConcurrency),
      encryption: ({ strapi }) => {
        const { key, previousKeys } = configOf(strapi).encryption;
        const strapiKey = strapi.config.get<string | undefined>('admin.secrets.encryptionKey') || undefined;
        // An own key may have come later: what Strapi's encrypted before stays readable.
        const previous = key !== undefined && strapiKey !== undefined ? [strapiKey] : [];
        return createEncryption({ current: key ?? strapiKey, previous: [...previousKeys, ...previous] });
      },
      guardedFetch: ({ strapi }) => {
        const { allowedPrivateHosts, idleTimeoutMs } = configOf(strapi).connections;
        // Whoever waits for an answer gives up first, and can say why; an SDK makes "unreachable" of a connection that was cut.
        return createGuardedFetch({ allowedPrivateHosts, idleTimeoutMs: idleTimeoutMs + 2_000 });
      },
      sandbox: ({ strapi }) =>
        createSandboxChoice(() => {
          const { minimum, allowedPrivateHosts } = configOf(strapi).sandbox;
          const hidden = [strapi.dirs.app.root, process.cwd()];
          return chooseSandbox(
            [createBubblewrap({ hidden, allowedPrivateHosts }), createJustBash({ allowedPrivateHosts })],
            minimum,
          );
        }),
    },
    async destroy({ strapi }) {
      await eventBusOf(strapi).close();
      await guardedFetchOf(strapi).close();
      await sandboxOf(strapi).close();
    },
  };
}
