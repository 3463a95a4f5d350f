import type { Core } from '@strapi/types';
import type { RunQueue } from './run-queue';

export { createInProcessRunQueue } from './in-process-run-queue';
export type { RunQueue } from './run-queue';

/** The lines of this server: for scripts, for agents with their sandboxes, and for what only waits for a vendor. */
export function runLinesOf(strapi: Core.Strapi): {
  sandbox: RunQueue;
  agent: RunQueue;
  vendor: RunQueue;
} {
  const service = (name: string): RunQueue => strapi.plugin('skills').service(name);
  return {
    sandbox: service('runQueue'),
    agent: service('agentRunQueue'),
    vendor: service('vendorRunQueue'),
  };
}
