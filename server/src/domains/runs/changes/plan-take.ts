import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import type { StoredChange } from './change';

/** What taking changes does to the files as they are now. */
export interface TakePlan {
  /** Those that have to be made; the others are in effect already. */
  effective: StoredChange[];
  /** Paths of files that are now neither as the run found them nor as it left them. */
  conflicts: string[];
}

type State = Pick<VersionFile, 'digest' | 'executable'> | undefined;

function isSame(left: State, right: State): boolean {
  return left?.digest === right?.digest && left?.executable === right?.executable;
}

/** Compares changes with the files that the run began with (`base`) and with those of the version that is to take them (`current`). */
export function planTake(
  changes: readonly StoredChange[],
  base: readonly VersionFile[],
  current: readonly VersionFile[],
): TakePlan {
  const before = new Map(base.map((file) => [file.path, file]));
  const now = new Map(current.map((file) => [file.path, file]));
  const plan: TakePlan = { effective: [], conflicts: [] };
  for (const change of changes) {
    const { path } = change;
    if (isSame(now.get(path), change.after ?? undefined)) continue;
    if (isSame(now.get(path), before.get(path))) plan.effective.push(change);
    else plan.conflicts.push(path);
  }
  return plan;
}
