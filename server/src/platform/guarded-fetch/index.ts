import type { Core } from '@strapi/types';
import type { GuardedFetch } from './guarded-fetch';

export { isAllowedHostEntry } from './allowed-hosts';
export { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch';

/** The plugin's one `GuardedFetch`. */
export function guardedFetchOf(strapi: Core.Strapi): GuardedFetch {
  return strapi.plugin('skills').service('guardedFetch');
}
