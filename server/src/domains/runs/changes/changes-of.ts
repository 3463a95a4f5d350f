import type { Core } from '@strapi/types';
import type { ChangesService } from './changes-service';

/** The plugin's one `ChangesService`. */
export function changesOf(strapi: Core.Strapi): ChangesService {
  return strapi.plugin('skills').service('run-changes');
}
