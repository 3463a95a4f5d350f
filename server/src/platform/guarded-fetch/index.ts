import type { Core } from '@strapi/types';
import type { GuardedFetch } from './guarded-fetch';

export { isAllowedHostEntry, readAllowedHosts, type AllowedHosts } from './allowed-hosts';
export type { Lookup } from './guarded-connector';
export { isPublicAddress } from './public-addresses';
export { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch';

/** The plugin's one `GuardedFetch`. */
export function guardedFetchOf(strapi: Core.Strapi): GuardedFetch {
  return strapi.plugin('skills').service('guardedFetch');
}
