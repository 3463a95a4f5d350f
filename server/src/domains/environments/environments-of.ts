import type { Core } from '@strapi/types';
import type { EnvironmentsService } from './environments-service';

/** The plugin's one `EnvironmentsService`. */
export function environmentsOf(strapi: Core.Strapi): EnvironmentsService {
  return strapi.plugin('skills').service('environments');
}
