import path from 'node:path';
import type { Core } from '@strapi/types';
import type { Actor, Connection, ConnectionCreate } from 'strapi-plugin-skills-shared/contracts';
import { connectionsOf } from '../../server/src/domains/connections';

/** Adapters that tests load from this folder, by their package's name: what `config.providers` wants beside the app's dependencies. */
export const testProviders = {
  'strapi-provider-skills-memory': { resolve: path.join(__dirname, 'providers', 'memory') },
};

const author: Actor = { type: 'command', id: null, name: 'Test' };

let serial = 0;

/**
 * Stores a connection to the memory provider, or to another that is installed. Boot with
 * `config: { providers: testProviders, connections: { allowedPrivateHosts: ['127.0.0.1'] } }`.
 */
export function createConnection(
  strapi: Core.Strapi,
  wanted: Partial<ConnectionCreate> & Pick<ConnectionCreate, 'settings'>,
): Promise<Connection> {
  serial += 1;
  return connectionsOf(strapi).create(
    { name: `Connection ${serial}`, provider: 'memory', active: true, ...wanted },
    author,
  );
}
