import type { Core } from '@strapi/types';
import type { EnvironmentBuilds } from './builds-service';

/** The plugin's one `EnvironmentBuilds`. */
export function environmentBuildsOf(strapi: Core.Strapi): EnvironmentBuilds {
  return strapi.plugin('skills').service('environmentBuilds');
}
