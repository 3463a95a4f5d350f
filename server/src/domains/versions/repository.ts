import type { Database } from '../../platform/database';
import { createVersionInserts } from './repository/version-inserts';
import { createVersionReads } from './repository/version-reads';
import { createVersionUpdates } from './repository/version-updates';

export type VersionsRepository = ReturnType<typeof createVersionsRepository>;

/** Tables `skills_versions` and `skills_version_numbers`. */
export function createVersionsRepository(database: Database) {
  return {
    ...createVersionReads(database),
    ...createVersionInserts(database),
    ...createVersionUpdates(database),
  };
}
