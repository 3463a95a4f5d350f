import type { Database } from '../../platform/database';
import type { VersionsService } from '../versions';
import type { KindRegistry } from './kinds/registry';
import type { SkillsRepository } from './repository';

/** What the service's operations work with. */
export interface SkillsContext {
  database: Database;
  repository: SkillsRepository;
  versions: VersionsService;
  kinds: KindRegistry;
  /** Milliseconds since 1970. */
  clock(): number;
  newId(): string;
}
