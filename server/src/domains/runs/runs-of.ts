import type { Core } from '@strapi/types';
import type { RunsService } from './service';

/** The plugin's one `RunsService`. */
export function runsOf(strapi: Core.Strapi): RunsService {
  return strapi.plugin('skills').service('runs');
}
