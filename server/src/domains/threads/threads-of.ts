import type { Core } from '@strapi/types';
import type { ThreadsService } from './service';

/** The plugin's one `ThreadsService`. */
export function threadsOf(strapi: Core.Strapi): ThreadsService {
  return strapi.plugin('skills').service('threads');
}
