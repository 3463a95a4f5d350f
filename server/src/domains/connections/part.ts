import type { Core } from '@strapi/types';
import type { ProviderLog } from 'strapi-plugin-skills-shared/provider';
import { v7 as uuid } from 'uuid';
import { configOf } from '../../config';
import type { PluginPart } from '../../http/plugin-part';
import { databaseOf } from '../../platform/database';
import { encryptionOf } from '../../platform/encryption';
import { guardedFetchOf } from '../../platform/guarded-fetch';
import { providersOf } from '../providers';
import { environmentOf } from './connections-of';
import { connectionContentType } from './content-type';
import { connectionPermissions } from './permissions';
import { connectionRoutes } from './routes';
import { createConnectionsService } from './service';
import { createAllowedEnvironment } from './settings/allowed-environment';

export const connectionsPart: PluginPart = {
  contentTypes: { connection: connectionContentType },
  permissions: connectionPermissions,
  routes: connectionRoutes,
  services: {
    environment: ({ strapi }) =>
      createAllowedEnvironment(configOf(strapi).connections.environmentVariables, process.env),
    connections: ({ strapi }) =>
      createConnectionsService({
        database: databaseOf(strapi),
        providers: providersOf(strapi),
        encryption: encryptionOf(strapi),
        environment: environmentOf(strapi),
        fetch: guardedFetchOf(strapi).fetch,
        logOf: (providerId) => logOf(strapi, providerId),
        prices: configOf(strapi).prices,
        askTimeoutMs: configOf(strapi).connections.askTimeoutMs,
        clock: Date.now,
        newId: uuid,
      }),
  },
};

function logOf({ log }: Core.Strapi, providerId: string): ProviderLog {
  const named = (message: string) => `Skills, adapter ${providerId}: ${message}`;
  return {
    debug: (message) => void log.debug(named(message)),
    info: (message) => void log.info(named(message)),
    warn: (message) => void log.warn(named(message)),
    error: (message) => void log.error(named(message)),
  };
}
