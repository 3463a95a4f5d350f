import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { hasEnded } from '../run-state';

export type Timed = Pick<RunSummary, 'durationMs' | 'startedAt' | 'status'>;

/** Whether the time that a run takes still grows: while it works, and while it waits. */
export const isTicking = ({ durationMs, startedAt, status }: Timed): boolean =>
  durationMs === null && startedAt !== null && !hasEnded(status);

/** Milliseconds that a run took, or takes until `now`; undefined of one that has not begun. */
export function timeTaken(run: Timed, now: number): number | undefined {
  if (run.durationMs !== null) return run.durationMs;
  if (run.startedAt === null || !isTicking(run)) return undefined;
  // Whole seconds, so that the line does not change its length all the time; a clock that goes wrong shows no time below zero.
  return Math.max(1000, Math.floor((now - Date.parse(run.startedAt)) / 1000) * 1000);
}
