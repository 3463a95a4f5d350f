import type { Core } from '@strapi/types';
import type { ConnectionsService } from './connections-service';
import type { AllowedEnvironment } from './settings/allowed-environment';

/** The plugin's one `ConnectionsService`. */
export function connectionsOf(strapi: Core.Strapi): ConnectionsService {
  return strapi.plugin('skills').service('connections');
}

export function environmentOf(strapi: Core.Strapi): AllowedEnvironment {
  return strapi.plugin('skills').service('environment');
}
