import type { SkillViewer } from '../skills';
import type { RunRecord } from './run-record';

/**
 * With whose eyes the agent of a run sees skills now: its caller's, who may have lost rights since it started, and never with more than it
 * was started with. Rejects with 403 `caller-gone`, `caller-denied`.
 */
export type CallerNow = (run: Pick<RunRecord, 'startedBy' | 'viewer'>) => Promise<SkillViewer>;
