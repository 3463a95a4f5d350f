import type { Core } from '@strapi/types';
import type { RunQueue } from './run-queue';

export { createInProcessRunQueue } from './in-process-run-queue';
export type { RunQueue } from './run-queue';

export function runQueueOf(strapi: Core.Strapi): RunQueue {
  return strapi.plugin('skills').service('runQueue');
}
