import type { Core } from '@strapi/types';
import type { BootableProviders } from './service';

/** The plugin's one `ProvidersService`. */
export function providersOf(strapi: Core.Strapi): BootableProviders {
  return strapi.plugin('skills').service('providers');
}
