import type { Database } from '../../../../../platform/database';
import type { ConnectionsService } from '../../../../connections';
import type { VersionsService } from '../../../../versions';
import type { SkillsService } from '../../../skills-service';
import type { PlacementsRepository } from './placements-repository';

export interface PlacementsDependencies {
  database: Database;
  repository: PlacementsRepository;
  versions: Pick<VersionsService, 'freeze' | 'get' | 'files' | 'open'>;
  connections: Pick<ConnectionsService, 'open' | 'find' | 'lock'>;
  skills: Pick<SkillsService, 'summaries'>;
  log: { warn(message: string): void; error(message: string): void };
  newId(): string;
  /** How long a vendor may take to answer a question, in milliseconds. */
  askTimeoutMs: number;
  /** How long an upload may take, in milliseconds. A lease lasts a minute longer. */
  uploadTimeoutMs: number;
}

const GRACE_MS = 60_000;

/** A lease that outlasts the work that it is for. */
export async function leaseFor(
  { database, newId }: Pick<PlacementsDependencies, 'database' | 'newId'>,
  workMs: number,
) {
  const now = await database.readClock();
  return { token: newId(), now, until: now + workMs + GRACE_MS };
}
