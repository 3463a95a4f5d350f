import type { Core } from '@strapi/types';
import type { AgentDefaultsService } from './agent-defaults';

/** The plugin's one `AgentDefaultsService`. */
export function agentDefaultsOf(strapi: Core.Strapi): AgentDefaultsService {
  return strapi.plugin('skills').service('agentDefaults');
}
