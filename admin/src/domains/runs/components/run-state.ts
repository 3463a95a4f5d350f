import type { RunStatus } from 'strapi-plugin-skills-shared/contracts';

/** The states in which a run never changes again; a record, so that a new state must be decided on here. */
const ended: Record<RunStatus, boolean> = {
  queued: false,
  running: false,
  waiting: false,
  completed: true,
  failed: true,
  cancelled: true,
};

export const hasEnded = (status: RunStatus): boolean => ended[status];

const livePollMs = 3_000;

/** Milliseconds between two readings of what may change while a run goes on; 0, which is never, once it has ended. */
export const livePoll = (status: RunStatus | undefined): number =>
  status !== undefined && hasEnded(status) ? 0 : livePollMs;
