import type { Core } from '@strapi/types';
import type { RunQueue } from './run-queue';

export { createInProcessRunQueue } from './in-process-run-queue';
export type { RunQueue } from './run-queue';

/** The two lines of this server: for what is executed on it, and for what waits for a vendor. */
export function runLinesOf(strapi: Core.Strapi): { sandbox: RunQueue; vendor: RunQueue } {
  const service = (name: string): RunQueue => strapi.plugin('skills').service(name);
  return { sandbox: service('runQueue'), vendor: service('vendorRunQueue') };
}
