import type { Core } from '@strapi/types';
import type { EventBus } from './event-bus';

export type { EventBus, Hint } from './event-bus';
export { createInProcessEventBus } from './in-process-event-bus';

export function eventBusOf(strapi: Core.Strapi): EventBus {
  return strapi.plugin('skills').service('eventBus');
}
